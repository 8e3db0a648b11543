import { resolve } from 'node:path';
import type { ImportReport, SeatStates } from '#libs/contracts';
import { readProgrammeFolder } from '../import/programme-files.js';
import type { Stage } from './stage.js';
import { check } from './walk.js';

/** a. The festival's file: complete, idempotent, and refused whole when a row is bad. */
export async function programmeStep(stage: Stage, say: (line: string) => void): Promise<void> {
  const programme = await stage.programme();
  const halls = programme.venues.flatMap((venue) => venue.halls);
  const counts = `${programme.films.length} films, ${programme.venues.length} venues, ${programme.events.length} events, ${halls.length} halls, ${programme.screenings.length} screenings`;
  check(
    programme.films.length === 12 && programme.venues.length === 7 && programme.events.length === 11,
    'the documented 2019 programme stands',
    counts,
  );
  check(
    programme.sections.some((section) => section.sign === 'women'),
    'with the UNESCO section',
  );
  const palace = halls.find((hall) => hall.seats === 2_567);
  check(
    palace,
    'the Palace has one plan of 2,567 seats',
    halls.map((hall) => hall.seats),
  );
  say(`${counts}; the Palace of the Republic with 2,567 seats`);

  const admin = await stage.signedIn('admin');
  const files = readProgrammeFolder(resolve('data/almaty-2019'));
  const again = await admin.post<ImportReport>(`/screenings/editions/${stage.edition}/import`, { files });
  check(again.status < 300 && again.body.changed === false, 'a second import changes nothing', again.body);
  say('a second import of the same files changes nothing');

  const broken = files.map((file) => (file.name === 'demo.json' ? { ...file, text: withBadRow(file.text) } : file));
  const refused = await admin.post(`/screenings/editions/${stage.edition}/import`, { files: broken });
  check(
    refused.status === 422 && refused.body.errors?.length > 0,
    'a broken copy is refused with place and reason',
    refused.body,
  );
  const after = await stage.programme();
  check(JSON.stringify(after.screenings) === JSON.stringify(programme.screenings), 'and nothing of it is loaded');
  say(`a broken copy is refused: ${refused.body.errors[0].field} — ${refused.body.errors[0].reason}`);

  const big = programme.screenings.find((screening) => screening.hallId === palace.id);
  if (big) {
    const map = await stage.visitor().get<SeatStates>(`/tickets/screenings/${big.id}/seats`);
    check(map.body.states.length === 2_567, 'its seat map has every seat', map.body.states?.length);
    say(`the seat map of the Palace: ${map.body.free} of 2,567 free`);
  }
}

/** The demo's own file with one impossible instant in a screening, and a new screening that must not appear. */
function withBadRow(text: string): string {
  const data = JSON.parse(text) as { screenings: { id: string; starts_at?: string; startsAt?: string }[] };
  const first = data.screenings[0]!;
  data.screenings.push({ ...first, id: 'must-not-appear' });
  const bad: Record<string, unknown> = { ...first, id: 'broken-row' };
  for (const name of Object.keys(bad)) if (/start/i.test(name)) bad[name] = 'Septemberish';
  data.screenings.push(bad as never);
  return JSON.stringify(data, null, 2);
}
