import fc from 'fast-check';
import type { SeatOwnerKind } from '#libs/contracts';
import type { PlanSeat } from '../../copies/programme-copy/programme-copy.js';
import { type ClaimToSeat, type Hall, ownerKey, reseat } from './seating-move.rules.js';

const PRICES = new Map([
  ['A', 300_000],
  ['B', 200_000],
  ['C', 100_000],
]);

/** Rows of seats, three thirds of categories from the front, wheelchair and companion pairs at the ends of the last row. */
function hall(rows: number, places: number, pairs = 0, prefix = ''): Hall {
  const seats: PlanSeat[] = [];
  for (let r = 0; r < rows; r++)
    for (let n = 0; n < places; n++) {
      const row = `${prefix}${r + 1}`;
      const pair = r === rows - 1 ? Math.floor(n / 2) : pairs;
      const kind = pair < pairs ? (n % 2 === 0 ? 'wheelchair' : 'companion') : 'seat';
      seats.push({
        id: `${row}-${n + 1}`,
        row,
        number: `${n + 1}`,
        category: ['A', 'B', 'C'][Math.floor((3 * r) / rows)]!,
        kind,
        ...(kind === 'companion' ? { companionOf: `${row}-${n}` } : {}),
        x: n * 30,
        y: r * 38,
      });
    }
  return { seats, prices: PRICES };
}

function claim(from: Hall, seat: string, owner: string, kind: SeatOwnerKind = 'order', line = 1): ClaimToSeat {
  return { kind, owner, line, seat, was: from.seats.find((one) => one.id === seat) };
}
const party = (from: Hall, owner: string, seats: string[], kind: SeatOwnerKind = 'order') =>
  seats.map((seat, i) => claim(from, seat, owner, kind, i + 1));

/** Parties of 1 to 6 on seats of a hall, of every kind of owner. */
const parties = (from: Hall) =>
  fc
    .record({
      order: fc.shuffledSubarray(
        from.seats.map((_, i) => i),
        { minLength: 1 },
      ),
      sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: from.seats.length, maxLength: from.seats.length }),
      kinds: fc.array(
        fc.constantFrom<SeatOwnerKind>('order', 'order', 'order', 'booking', 'offer', 'lease', 'block', 'pool'),
        {
          minLength: from.seats.length,
          maxLength: from.seats.length,
        },
      ),
      sorted: fc.boolean(),
    })
    .map(({ order, sizes, kinds, sorted }) => {
      const seats = sorted ? [...order].sort((a, b) => a - b) : order;
      const claims: ClaimToSeat[] = [];
      for (let i = 0, owner = 0; i < seats.length; owner++) {
        const size = kinds[owner] === 'booking' ? 1 : sizes[owner]!;
        claims.push(
          ...party(
            from,
            `o${owner}`,
            seats.slice(i, i + size).map((at) => from.seats[at]!.id),
            kinds[owner],
          ),
        );
        i += size;
      }
      return claims;
    });

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 7 }),
  places: fc.integer({ min: 1, max: 9 }),
  pairs: fc.integer({ min: 0, max: 2 }),
});
const moves = fc.tuple(shape, shape, fc.boolean()).chain(([a, b, keep]) => {
  const from = hall(a.rows, a.places, a.pairs);
  return parties(from).map((claims) => ({ from, to: hall(b.rows, b.places, b.pairs, keep ? '' : 'n'), claims, keep }));
});
const key = (one: ClaimToSeat) => `${ownerKey(one)}/${one.line}`;

describe('a seating after a move', () => {
  it('puts nobody on another’s seat and loses nobody', () => {
    fc.assert(
      fc.property(moves, ({ from, to, claims, keep }) => {
        const { seated, unseated } = reseat(claims, from, to, keep);
        expect(new Set(seated.map((one) => one.to)).size).toBe(seated.length);
        const ids = new Set(to.seats.map((seat) => seat.id));
        expect(seated.every((one) => ids.has(one.to))).toBe(true);
        expect([...seated.map((one) => key(one.claim)), ...unseated.map(key)].sort()).toEqual(claims.map(key).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('keeps accessible places accessible, companions with their chair, and seats nobody else on them', () => {
    fc.assert(
      fc.property(moves, ({ from, to, claims, keep }) => {
        const { seated } = reseat(claims, from, to, keep);
        const places = new Map(to.seats.map((seat) => [seat.id, seat]));
        for (const { claim: one, to: id } of seated) {
          const place = places.get(id)!;
          if (one.was?.kind === 'wheelchair') expect(place.kind).toBe('wheelchair');
          const chair = seated.find(
            ({ claim: other }) => ownerKey(other) === ownerKey(one) && other.was?.id === one.was?.companionOf,
          );
          if (one.was?.kind === 'companion' && chair)
            expect([place.kind, place.companionOf]).toEqual(['companion', chair.to]);
          if (one.was?.kind === 'seat' && !keep) expect(place.kind).toBe('seat');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('seats a paying party whole or not at all', () => {
    fc.assert(
      fc.property(moves, ({ from, to, claims, keep }) => {
        const { seated, unseated } = reseat(claims, from, to, keep);
        const owners = new Set(seated.map((one) => ownerKey(one.claim)));
        for (const one of unseated)
          if (one.kind === 'order' || one.kind === 'booking' || one.kind === 'offer')
            expect(owners.has(ownerKey(one))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same whatever order the claims come in', () => {
    fc.assert(
      fc.property(
        moves.chain((move) =>
          fc.tuple(fc.constant(move), fc.shuffledSubarray(move.claims, { minLength: move.claims.length })),
        ),
        ([{ from, to, claims, keep }, shuffled]) => {
          const plain = (list: readonly ClaimToSeat[]) => {
            const { seated, unseated, split } = reseat(list, from, to, keep);
            return [seated.map((one) => `${key(one.claim)} ${one.to}`).sort(), unseated.map(key).sort(), split.sort()];
          };
          expect(plain(shuffled)).toEqual(plain(claims));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds a seat for everybody where the new hall has as many ordinary seats as there are people', () => {
    fc.assert(
      fc.property(
        shape.chain((a) => fc.tuple(fc.constant(hall(a.rows, a.places)), parties(hall(a.rows, a.places)))),
        ([from, claims]) => {
          const to = hall(from.seats.length, 1, 0, 'n');
          expect(reseat(claims, from, to, false).unseated).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('changes nothing when the drawing is the same', () => {
    fc.assert(
      fc.property(
        shape.chain((a) =>
          fc.tuple(fc.constant(hall(a.rows, a.places, a.pairs)), parties(hall(a.rows, a.places, a.pairs))),
        ),
        ([from, claims]) => {
          const { seated, unseated, split } = reseat(claims, from, from, true);
          expect([unseated, split]).toEqual([[], []]);
          expect(seated.every((one) => one.to === one.claim.seat && !one.worse)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps a party beside each other, near where it sat, in the category it paid for', () => {
    const from = hall(6, 10);
    const to = hall(9, 12, 0, 'n');
    const claims = [...party(from, 'four', ['3-4', '3-5', '3-6', '3-7']), ...party(from, 'two', ['1-1', '1-2'])];
    const { seated, split } = reseat(claims, from, to, false);
    const four = seated.filter((one) => one.claim.owner === 'four').map((one) => one.to);
    expect(new Set(four.map((seat) => seat.split('-')[0])).size).toBe(1);
    const numbers = four.map((seat) => Number(seat.split('-')[1])).sort((a, b) => a - b);
    expect(numbers[3]! - numbers[0]!).toBe(3);
    expect(seated.some((one) => one.worse)).toBe(false);
    expect(
      seated
        .filter((one) => one.claim.owner === 'two')
        .map((one) => one.to)
        .sort(),
    ).toEqual(['n1-1', 'n1-2']);
    expect(split).toEqual([]);
  });

  it('lists who finds no seat: those who paid sit first, what is only kept goes last', () => {
    const from = hall(2, 5);
    const to = hall(1, 5, 0, 'n');
    const claims = [
      ...party(from, 'block', ['1-1', '1-2', '1-3'], 'block'),
      ...party(from, 'family', ['2-1', '2-2', '2-3', '2-4']),
      ...party(from, 'guest', ['1-4'], 'booking'),
      ...party(from, 'pair', ['1-5', '2-5']),
    ];
    const { seated, unseated } = reseat(claims, from, to, false);
    expect(new Set(seated.map((one) => one.claim.owner))).toEqual(new Set(['family', 'guest']));
    expect(unseated.map((one) => one.owner).sort()).toEqual(['block', 'block', 'block', 'pair', 'pair']);
  });

  it('says who sat together and does not any more', () => {
    const from = hall(1, 4);
    const to = hall(2, 2, 0, 'n');
    expect(reseat(party(from, 'four', ['1-1', '1-2', '1-3', '1-4']), from, to, false).split).toEqual(['order/four']);
  });

  it('keeps a wheelchair place with its companion; where there is none the two are listed together', () => {
    const from = hall(3, 6, 1);
    const claims = party(from, 'chair', ['3-1', '3-2']);
    const { seated } = reseat(claims, from, hall(4, 8, 2, 'n'), false);
    expect(seated.map((one) => one.to).sort()).toEqual(['n4-1', 'n4-2']);
    expect(reseat(claims, from, hall(4, 8, 0, 'n'), false).unseated).toHaveLength(2);
  });

  it('seats 2,000 people in less than the blink that a preview may take', () => {
    const from = hall(40, 50);
    const to = hall(45, 50, 0, 'n');
    const claims = Array.from({ length: 500 }, (_, i) =>
      party(
        from,
        `o${i}`,
        [0, 1, 2, 3].map((n) => from.seats[4 * i + n]!.id),
      ),
    ).flat();
    const started = process.cpuUsage().user;
    expect(reseat(claims, from, to, false).unseated).toEqual([]);
    expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(3_000);
  });
});
