import { cropOf } from './portrait-crop.rules';

describe('the cut of a portrait', () => {
  it.each([[{ width: 4000, height: 3000 }], [{ width: 900, height: 2000 }]])('is 3:4 and inside of %o', (image) => {
    for (const place of [
      { x: 0, y: 0, zoom: 1 },
      { x: 1, y: 1, zoom: 3 },
    ]) {
      const cut = cropOf(image, place);
      expect(cut.width / cut.height).toBeCloseTo(0.75);
      expect(cut.x).toBeGreaterThanOrEqual(0);
      expect(cut.x + cut.width).toBeLessThanOrEqual(image.width + 1e-6);
      expect(cut.y + cut.height).toBeLessThanOrEqual(image.height + 1e-6);
    }
  });
});
