import type sharp from 'sharp';

let loading: Promise<typeof sharp> | undefined;

/**
 * sharp, loaded with the first picture: an idle service needs none of its 20 MB. It keeps no pictures of strangers in
 * memory, and one picture uses one thread: pictures are many and the box is small.
 */
export function pictureLibrary(): Promise<typeof sharp> {
  loading ??= import('sharp').then(({ default: library }) => {
    library.cache(false);
    library.concurrency(1);
    return library;
  });
  return loading;
}
