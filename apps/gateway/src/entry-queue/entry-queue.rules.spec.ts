import fc from 'fast-check';
import {
  admittedUpTo,
  commitmentOf,
  drawOrder,
  isEntryPass,
  lotOf,
  newSeed,
  readPlaceToken,
  secondsUntil,
  writeEntryPass,
  writePlaceToken,
} from './entry-queue.rules.js';

const SECRET = 'a secret of the gateway';
const AT = new Date('2019-09-01T04:00:00Z');
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000);

describe('the draw', () => {
  it('is the same for the same seed, whoever came first, and loses nobody', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.string(), (ids, seed) => {
        const order = drawOrder(seed, ids);
        expect(drawOrder(seed, [...ids].reverse())).toEqual(order);
        expect([...order].sort()).toEqual([...ids].sort());
        const lots = order.map((id) => lotOf(seed, id));
        expect([...lots].sort()).toEqual(lots);
      }),
      { seed: 7 },
    );
  });

  it('favours no place: each of ten people comes first about as often', () => {
    const people = Array.from({ length: 10 }, (_, n) => `person-${n}`);
    const wins = new Map<string, number>();
    for (let n = 0; n < 2_000; n++) {
      const [first] = drawOrder(`seed-${n}`, people);
      wins.set(first!, (wins.get(first!) ?? 0) + 1);
    }
    for (const person of people) expect(Math.abs((wins.get(person) ?? 0) - 200)).toBeLessThan(60);
  });

  it('was committed to beforehand', () => {
    const seed = newSeed();
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    expect(newSeed()).not.toBe(seed);
    expect(commitmentOf(seed)).not.toContain(seed);
  });
});

describe('the rate', () => {
  const rate = { perMinute: 60, admitted: 0, admittedAt: AT };
  it.each([
    [0, 60],
    [30, 90],
    [60, 120],
  ])('after %i s has let in up to %i', (seconds, upTo) => {
    expect(admittedUpTo(rate, later(seconds))).toBe(upTo);
  });

  it('goes on from what was let in when it is changed', () => {
    const slower = { perMinute: 6, admitted: 120, admittedAt: later(60) };
    expect(admittedUpTo(slower, later(60))).toBe(120);
    expect(admittedUpTo(slower, later(120))).toBe(126);
  });

  it('tells how long it takes until a place’s turn, never too short', () => {
    expect([60, 61, 120].map((place) => secondsUntil(place, rate, AT))).toEqual([0, 1, 60]);
    for (const place of [61, 77, 200]) {
      const wait = secondsUntil(place, rate, AT);
      expect(admittedUpTo(rate, later(wait))).toBeGreaterThanOrEqual(place);
    }
  });
});

describe('tokens', () => {
  it('are read only as they were written', () => {
    const token = writePlaceToken({ place: 'p', generation: 3 }, SECRET);
    expect(readPlaceToken(token, SECRET)).toEqual({ place: 'p', generation: 3 });
    for (const bad of [token.replace('.3.', '.4.'), `${token}x`, '', 'p.3', token.replace('p.', 'q.')])
      expect(readPlaceToken(bad, SECRET)).toBeUndefined();
    expect(readPlaceToken(token, 'another secret')).toBeUndefined();
  });

  it('open the shop for their holder alone, and not for ever', () => {
    const pass = writeEntryPass({ holder: 'aigul', until: 1_000 }, SECRET);
    expect(isEntryPass(pass, 'aigul', 999, SECRET)).toBe(true);
    expect(isEntryPass(pass, 'dias', 999, SECRET)).toBe(false);
    expect(isEntryPass(pass, 'aigul', 1_000, SECRET)).toBe(false);
    expect(isEntryPass(pass.replace('1000', '9000'), 'aigul', 1_001, SECRET)).toBe(false);
    expect(isEntryPass(undefined, 'aigul', 1, SECRET)).toBe(false);
  });
});
