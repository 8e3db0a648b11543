import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { eventDefinition } from '#libs/contracts';
import { CancelScreening } from '../src/afterwards/seating-moves/cancel-screening.js';
import { FullHouse } from './moving-cast.js';
import { openStage } from './tickets-stage.js';

const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const LARGER = { rows: 40, places: 14, pairs: 4 };

describe('what visitors are told', () => {
  it.each(['moved', 'reseated', 'delayed', 'rated', 'cancelled'])(
    'keeps its contract and its golden shape: %s',
    async (what) => {
      const type = `tickets.visit.${what}.v1`;
      const stage = await openStage({ TICKETS_ROLES: 'sell,door' });
      try {
        const house = await FullHouse.open(stage, { ageRating: null, ageRatingPending: true });
        const facts = await house.facts();
        const tell = (changes: object) =>
          stage.tell({ type: 'screenings.screening.recorded.v1', topic: 'screenings' }, house.screening, 500, {
            ...facts,
            ...changes,
          });
        const guest = house.bookings[2]!;
        const [booking] = await stage.db.database.query<{ accreditation: string }>(
          'SELECT accreditation_id AS accreditation FROM booking WHERE id = $1',
          [guest],
        );
        if (what === 'moved' || what === 'reseated') {
          const other = await FullHouse.open(stage, {
            startsAt: new Date(Date.parse(facts.endsAt) + 600_000).toISOString(),
            endsAt: new Date(Date.parse(facts.endsAt) + 3_600_000).toISOString(),
          });
          await other.book(
            other.seats.filter((seat) => seat.kind === 'seat')[298]!.id,
            'guest-2',
            booking!.accreditation,
          );
          const to = what === 'moved' ? { ...LARGER, minutes: 90 } : { ...LARGER, minutes: 0, sameHall: true };
          const { moveId, asked } = await house.ask(to);
          await house.command(moveId, 'confirm', { tag: asked.body.tag });
          await house.command(moveId, 'settle');
        } else if (what === 'delayed') await tell({ delay: { minutes: 10, from: facts.startsAt } });
        else if (what === 'rated') await tell({ ageRating: '18+', ageRatingPending: undefined });
        else {
          await tell({ state: 'cancelled' });
          await stage.service.app.get(CancelScreening, { strict: false }).execute(house.screening);
        }
        const visits = await house.visits(type);
        expect(visits.length).toBeGreaterThan(0);
        const check = ajv.compile(eventDefinition(type)!.data as object);
        for (const visit of visits) expect([check(visit), check.errors]).toEqual([true, null]);
        const golden = JSON.parse(
          readFileSync(join(__dirname, `../../../libs/contracts/examples/${type}.json`), 'utf8'),
        );
        const names = (value: unknown): unknown => {
          if (Array.isArray(value)) return value.slice(0, 1).map(names);
          if (typeof value !== 'object' || value === null) return null;
          return Object.fromEntries(
            Object.entries(value)
              .map(([name, inner]) => [name, names(inner)] as const)
              .sort(),
          );
        };
        // A buyer's visit has a language and a refund, a guest's a clash: together they have every field.
        const all = visits.map((visit) => ({
          ...visit,
          clashes: visits.find((one) => (one.clashes as unknown[] | undefined)?.length)?.clashes,
        }));
        const buyer = all.find((visit) => visit.personId === 'buyer-2');
        const shown = what === 'moved' ? buyer : visits.find((visit) => visit.personId === 'buyer-2');
        expect(names(shown)).toEqual(names(golden.data));
      } finally {
        await stage.close();
      }
    },
    90_000,
  );

  it('are told of a delay once, also when a move that it was part of is undone and tellings come late', async () => {
    const stage = await openStage({ TICKETS_ROLES: 'sell,door' });
    try {
      const house = await FullHouse.open(stage);
      const facts = await house.facts();
      const tell = (version: number, changes: object) =>
        stage.tell({ type: 'screenings.screening.recorded.v1', topic: 'screenings' }, house.screening, version, {
          ...facts,
          ...changes,
        });
      const told = async () => (await house.visits('tickets.visit.delayed.v1')).length;
      const delay = { minutes: 10, from: facts.startsAt };
      await tell(500, { delay });
      const once = await told();
      expect(once).toBeGreaterThan(0);
      const { moveId, asked, target } = await house.ask({ ...LARGER, minutes: 90 });
      expect((await house.command(moveId, 'confirm', { tag: asked.body.tag })).body.state).toBe('seated');
      expect((await house.command(moveId, 'undo')).body.state).toBe('undone');
      // What screenings said of the move, and of its undo, is heard after the undo itself.
      await tell(501, { ...target, delay: undefined });
      await tell(502, { delay });
      expect(await told()).toBe(once);
      await tell(503, { delay: { ...delay, minutes: 25 } });
      expect(await told()).toBe(2 * once);
      // Another moment that it was announced for is another delay.
      const later = new Date(Date.parse(facts.startsAt) + 3_600_000).toISOString();
      await tell(504, { startsAt: later, delay: undefined });
      await tell(505, { startsAt: later, delay: { minutes: 10, from: later } });
      expect(await told()).toBe(3 * once);
    } finally {
      await stage.close();
    }
  }, 90_000);
});
