import type sharp from 'sharp';
import { onceItSucceeds } from '#libs/kernel';

/**
 * sharp, loaded with the first picture: an idle service needs none of its 20 MB. It keeps no pictures of strangers in
 * memory, and one picture uses one thread: pictures are many and the box is small.
 */
export const pictureLibrary = onceItSucceeds(async (): Promise<typeof sharp> => {
  const { default: library } = await import('sharp');
  library.cache(false);
  library.concurrency(1);
  return library;
});
