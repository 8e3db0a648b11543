import type { Databases } from '../../invariants/invariants.js';
import type { Check, ProgrammeFacts, Violation } from './facts.js';
import { onDatabase } from './on-database.js';

const HEARD = [
  'screenings.edition.recorded.v1',
  'screenings.seat-plan.recorded.v1',
  'screenings.screening.recorded.v1',
];
const SCREENING = 'screenings.screening.recorded.v1';

/** What screenings told of the programme and what tickets made of it. */
export async function readProgramme(databases: Databases): Promise<ProgrammeFacts> {
  const told = await onDatabase(databases.screenings, (client) =>
    client.query<ProgrammeFacts['told'][number]>(
      `SELECT fact, type, aggregate_id AS aggregate, version::float8 AS version FROM outbox WHERE type = ANY ($1) ORDER BY seq`,
      [HEARD],
    ),
  );
  return onDatabase(databases.tickets, async (client) => {
    const list = async (sql: string) => (await client.query<{ fact: string }>(sql)).rows.map(({ fact }) => fact);
    const copies = await client.query<{ id: string; version: number }>(
      'SELECT screening_id AS id, version::float8 AS version FROM screening_copy',
    );
    return {
      told: told.rows,
      heard: await list(`SELECT fact FROM inbox WHERE topic = 'screenings'`),
      givenUp: await list(`SELECT fact FROM dead_letter WHERE state IN ('dropped', 'settled') AND fact IS NOT NULL`),
      copies: new Map(copies.rows.map(({ id, version }) => [id, version])),
    };
  });
}

/** I5 for the other hearer: tickets has heard every fact of the programme once, and stands at the last of them. */
export const programmeIsHeardOnce: Check = {
  id: 'programme',
  says: 'I5 tickets heard every fact of the programme once, and its copies stand at the last version told',
  find({ programme: { told, heard, givenUp, copies } }) {
    const times = new Map<string, number>();
    for (const fact of heard) times.set(fact, (times.get(fact) ?? 0) + 1);
    const excused = new Set(givenUp);
    const found: Violation[] = [];
    const say = (says: string, screening: string) => found.push({ check: 'programme', says, about: { screening } });
    const last = new Map<string, number>();
    for (const { fact, type, aggregate, version } of told) {
      const count = times.get(fact) ?? 0;
      if (count !== 1 && !(count === 0 && excused.has(fact)))
        say(`${type} of ${aggregate}, version ${version}, was heard ${count} times`, aggregate);
      if (type === SCREENING && !excused.has(fact)) last.set(aggregate, Math.max(version, last.get(aggregate) ?? 0));
    }
    for (const [screening, version] of last)
      if (copies.get(screening) !== version)
        say(`the copy of ${screening} stands at version ${copies.get(screening)}, not ${version}`, screening);
    return found;
  },
};
