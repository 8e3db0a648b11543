import { drawPoster, posterHash, ridgePoints } from './poster.rules.js';

const FILMS: [string, number | null, number, string, string][] = [
  ['the-father', 2, 87, 'plum', 'wing'],
  ['end-of-season', 3, 92, 'ember', 'road'],
  ['let-there-be-light', 2, 93, 'ice', 'wing'],
  ['adam', 3, 98, 'sky', 'horn'],
  ['it-must-be-heaven', 6, 97, 'sun', 'road'],
  ['oleg', 4, 108, 'lake', 'mountain'],
  ['inhale-exhale', 3, 91, 'indigo', 'apple'],
  ['dissolve', 2, 80, 'spruce', 'ears'],
  ['to-the-ends-of-the-earth', 3, 120, 'plum', 'ears'],
  ['merata', 4, 95, 'apple', 'apple'],
  ['female-pleasure', 2, 97, 'aport', 'horn'],
  ['women-of-the-silk-road', null, 70, 'blush', 'ears'],
];

describe('the posters of 2019', () => {
  it.each(FILMS)('%s keeps its felts and its figure', (id, countries, minutes, felt, figure) => {
    const poster = drawPoster({ id, countries, minutes, salt: 'almaty-2019.404', family: 'cut' });
    expect([poster.felt, poster.figure]).toEqual([felt, figure]);
    expect(poster.contours).toBe(countries ?? 2);
    expect(poster.light.radius).toBe(42 + 1.5 * (minutes - 70));
  });

  it('keeps the petals of the stitched ones', () => {
    const petals = (id: string) =>
      drawPoster({ id, countries: null, minutes: 90, salt: 'almaty-2019.404', family: 'stitched' }).petals;
    expect(['merata', 'female-pleasure', 'women-of-the-silk-road'].map(petals)).toEqual([12, 8, 10]);
  });

  it('deals anew with another salt, and counts between two and six countries', () => {
    expect(posterHash('almaty-2019.404/adam/felt')).not.toBe(posterHash('almaty-2020/adam/felt'));
    const contours = (countries: number) =>
      drawPoster({ id: 'x', countries, minutes: 90, salt: 's', family: 'cut' }).contours;
    expect([contours(1), contours(9)]).toEqual([2, 6]);
  });

  it('joins the ridge from edge to edge', () => {
    const { ridge } = drawPoster({ id: 'adam', countries: 3, minutes: 98, salt: 'almaty-2019.404', family: 'cut' });
    const points = ridgePoints(ridge, 600, 900);
    expect([points[0]![0], points.at(-1)![0]]).toEqual([0, 600]);
    expect(points.every(([, y]) => y > 200 && y < 900)).toBe(true);
  });
});
