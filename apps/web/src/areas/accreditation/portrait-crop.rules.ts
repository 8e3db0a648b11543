/** Where the cut lies: shares of the room that is left, and how near. */
export interface Place {
  x: number;
  y: number;
  zoom: number;
}

const RATIO = 3 / 4;

/** The part of a picture that becomes the portrait: always 3:4, never beyond its edges. */
export function cropOf(image: { width: number; height: number }, { x, y, zoom }: Place) {
  const widest = Math.min(image.width, image.height * RATIO);
  const width = widest / zoom;
  const height = width / RATIO;
  return { x: (image.width - width) * x, y: (image.height - height) * y, width, height };
}
