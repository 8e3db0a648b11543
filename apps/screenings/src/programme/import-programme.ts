import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportReport, ProgrammeFile, SectionView } from '#libs/contracts';
import { type Clock, venueInstant } from '#libs/kernel';
import { Database, sqlState, type Tx } from '#libs/persistence';
import { CLOCK, type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { CatalogueEntryRow, type EntryKind } from '../catalogue/catalogue-entry.entity.js';
import { type EditionData, EditionRow } from '../editions/edition.entity.js';
import { SpeakEdition } from '../editions/speak-edition.js';
import { ScreeningRow } from '../screenings/screening.entity.js';
import { hallOverlap } from '../screenings/screening.refusals.js';
import { SpeakScreenings } from '../screenings/speak-screenings.js';
import { RecordSeatPlan } from '../seat-plans/record-seat-plan.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';
import { type PlannedProgramme, type PlannedScreening, planProgramme } from './plan-programme.js';
import { type MergedRow, type ProgrammeRows, problemAt, readProgramme } from './read-programme.js';
import { programmeRefused, type RowProblem } from './row-problem.rules.js';
import type { RowOf } from './row-schemas.js';

export interface ScreeningsSettings extends CommonSettings {
  readonly FESTIVAL_START?: string;
}

/** How many bad rows one answer names. */
const MOST_PROBLEMS = 100;
const EXCLUSION_VIOLATION = '23P01';

type Outcome = 'created' | 'changed' | 'unchanged';

/** What happened to the rows, by their kind and in the order of the file. */
class Tally {
  private readonly counts = new Map<string, Record<Outcome, number>>();

  add(kind: string, outcome: Outcome): void {
    const count = this.counts.get(kind) ?? { created: 0, changed: 0, unchanged: 0 };
    count[outcome]++;
    this.counts.set(kind, count);
  }

  report(editionId: string, dryRun: boolean): ImportReport {
    const counts = [...this.counts].map(([kind, count]) => ({ kind, ...count }));
    return { editionId, dryRun, counts, changed: counts.some((count) => count.created + count.changed > 0) };
  }
}

/** Thrown to roll a dry run back with its answer. */
class DryRun extends Error {
  constructor(readonly report: ImportReport) {
    super('dry run');
  }
}

function printOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/**
 * Loads a whole programme from its files in one transaction: all of it or nothing. Importing it again changes nothing;
 * a row that a person moved on since (sales closed, cancelled) is left alone while its line in the file is the same.
 */
@Injectable()
export class ImportProgramme {
  constructor(
    private readonly database: Database,
    private readonly recordSeatPlan: RecordSeatPlan,
    private readonly speakEdition: SpeakEdition,
    private readonly speakScreenings: SpeakScreenings,
    @Inject(SETTINGS) private readonly settings: ScreeningsSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws programme-refused with file, line and reason of every bad row */
  async execute(command: { editionId: string; files: ProgrammeFile[]; dryRun: boolean }): Promise<ImportReport> {
    const { rows, problems } = readProgramme(command.files);
    if (problems.length > 0) throw refused(problems);
    const { planned, problems: broken } = planProgramme(rows, command.editionId);
    if (!planned) throw refused(broken);
    try {
      return await this.database.transaction(async (tx) => {
        const report = await this.load(tx, rows, planned, command.dryRun);
        if (command.dryRun) throw new DryRun(report);
        return report;
      });
    } catch (error) {
      if (error instanceof DryRun) return error.report;
      throw sqlState(error) === EXCLUSION_VIOLATION ? hallOverlap({}, { cause: error }) : error;
    }
  }

  private async load(tx: Tx, rows: ProgrammeRows, planned: PlannedProgramme, dryRun: boolean): Promise<ImportReport> {
    const editionId = planned.edition.id;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [editionId]);
    const tally = new Tally();
    const edition = await this.loadEdition(tx, planned.edition, tally);
    await this.loadEntries(tx, rows, planned, tally);
    await this.loadVenues(tx, rows, planned.edition.timezone, tally);
    const versions = await this.loadPlans(tx, rows, tally);
    await this.loadScreenings(tx, rows, planned, versions, tally);
    const report = tally.report(editionId, dryRun);
    if (edition.outcome !== 'unchanged') await this.speakEdition.recorded(tx, edition.row);
    await this.speakScreenings.within(tx, editionId);
    if (report.changed) await tx.query('UPDATE edition SET revision = revision + 1 WHERE id = $1', [editionId]);
    return report;
  }

  private async loadEdition(
    tx: Tx,
    row: RowOf<'edition'>,
    tally: Tally,
  ): Promise<{ row: EditionRow; outcome: Outcome }> {
    const { name, motto, from, to, city, salt, notice, partner } = row;
    const data: EditionData = {
      name,
      motto: motto ?? null,
      from,
      to,
      city,
      salt: salt ?? row.id,
      notice: notice ?? null,
      partner: partner ?? null,
    };
    const print = printOf({ data, timezone: row.timezone });
    const known = await tx.findOne(EditionRow, { where: { id: row.id }, lock: { mode: 'pessimistic_write' } });
    const outcome = !known ? 'created' : known.print === print ? 'unchanged' : 'changed';
    tally.add('edition', outcome);
    if (known && outcome === 'unchanged') return { row: known, outcome };
    const next = tx.create(EditionRow, {
      id: row.id,
      version: (known?.version ?? 0) + 1,
      offsetMs: known?.offsetMs ?? this.firstOffset(row.timezone),
      timezone: row.timezone,
      data,
      print,
      revision: known?.revision ?? 1,
    });
    await tx.upsert(EditionRow, next, ['id']);
    return { row: next, outcome };
  }

  /** Outside production an edition of long ago may start at the hour that FESTIVAL_START names on its own clock. */
  private firstOffset(zone: string): number {
    const start = this.settings.FESTIVAL_START;
    if (!start || this.settings.SEANS_ENV === 'production') return 0;
    const instant = /Z$|[+-]\d\d:\d\d$/.test(start) ? new Date(start) : venueInstant(start, zone);
    return instant.getTime() - this.clock.now().getTime();
  }

  private async loadEntries(tx: Tx, rows: ProgrammeRows, planned: PlannedProgramme, tally: Tally): Promise<void> {
    const editionId = planned.edition.id;
    const lists: [EntryKind, Record<string, unknown>[]][] = [
      ['section', rows.sections.map(({ value }) => viewSection(value))],
      ['film', planned.films as unknown as Record<string, unknown>[]],
      ['event', rows.events.map(({ value }) => viewEvent(value))],
      ['jury', rows.juries.map(({ value: { id, sectionId, members } }) => ({ id, sectionId, members }))],
      [
        'award',
        rows.awards.map(({ value: { id, name, recipients, filmId } }) => ({
          id,
          name,
          recipients,
          filmId: filmId ?? null,
        })),
      ],
      [
        'guest',
        rows.guests.map(({ value: { id, name, country, role, kind } }) => ({
          id,
          name,
          country: country ?? null,
          role,
          kind,
        })),
      ],
      ['price-list', rows.priceLists.map(({ value: { id, prices } }) => ({ id, prices }))],
      ['allocation-list', rows.allocationLists.map(({ value: { id, shares } }) => ({ id, shares }))],
    ];
    const known = new Map(
      (await tx.findBy(CatalogueEntryRow, { editionId })).map((entry) => [`${entry.kind}/${entry.id}`, entry]),
    );
    for (const [kind, list] of lists) {
      for (const [position, data] of list.entries()) {
        const id = data.id as string;
        const print = printOf({ data, position });
        const before = known.get(`${kind}/${id}`);
        const outcome = !before ? 'created' : before.print === print ? 'unchanged' : 'changed';
        tally.add(kind, outcome);
        if (outcome !== 'unchanged')
          await tx.upsert(CatalogueEntryRow, { editionId, kind, id, position, data, print } as never, [
            'editionId',
            'kind',
            'id',
          ]);
      }
    }
  }

  private async loadVenues(tx: Tx, rows: ProgrammeRows, zone: string, tally: Tally): Promise<void> {
    const known = new Map((await tx.find(VenueRow)).map((venue) => [venue.id, venue]));
    for (const [position, { value }] of rows.venues.entries()) {
      const { name, address, lat, lon, access } = value;
      const data = { name, address, lat: lat ?? null, lon: lon ?? null, access: access ?? [] };
      const timezone = value.timezone ?? zone;
      const halls = (value.halls ?? []).map((hall) => ({ id: hall.id, name: hall.name, invented: !hall.source }));
      const print = printOf({ data, timezone, halls, position });
      const before = known.get(value.id);
      const outcome = !before ? 'created' : before.print === print ? 'unchanged' : 'changed';
      tally.add('venue', outcome);
      for (const _ of halls) tally.add('hall', outcome);
      if (outcome === 'unchanged') continue;
      await tx.upsert(VenueRow, { id: value.id, position, timezone, data, print }, ['id']);
      for (const [place, hall] of halls.entries()) {
        const { id, name: hallName, invented } = hall;
        await tx.upsert(HallRow, { id, venueId: value.id, position: place, data: { name: hallName, invented } }, [
          'id',
        ]);
      }
    }
  }

  /** The newest version of each plan of the file. */
  private async loadPlans(tx: Tx, rows: ProgrammeRows, tally: Tally): Promise<Map<string, number>> {
    const versions = new Map<string, number>();
    for (const { value } of rows.plans) {
      const drawn = rows.drawn.get(value.id)!;
      const { version, outcome } = await this.recordSeatPlan.within(tx, {
        id: value.id,
        hallId: value.hallId,
        ...drawn,
      });
      tally.add('seat-plan', outcome);
      versions.set(value.id, version);
    }
    return versions;
  }

  private async loadScreenings(
    tx: Tx,
    rows: ProgrammeRows,
    planned: PlannedProgramme,
    versions: Map<string, number>,
    tally: Tally,
  ): Promise<void> {
    const problems: RowProblem[] = [];
    const moving = new Set(
      ((await tx.query("SELECT screening_id AS id FROM hall_slot WHERE kind <> 'current'")) as { id: string }[]).map(
        (row) => row.id,
      ),
    );
    for (const screening of planned.screenings) {
      const source = rows.screenings.find((row) => row.value.id === screening.id)!;
      const print = printOf(screening);
      const before = await tx.findOne(ScreeningRow, {
        where: { id: screening.id },
        lock: { mode: 'pessimistic_write' },
      });
      const problem = before && refusal(source, screening, before, { editionId: planned.edition.id, print, moving });
      if (problem) problems.push(problem);
      const outcome = !before ? 'created' : before.print === print ? 'unchanged' : 'changed';
      tally.add('screening', outcome);
      if (outcome === 'unchanged' || problem) continue;
      // Seats that may be sold keep the plan they were sold from; a new drawing reaches them by a move, not by a file.
      const keeps = before && before.planId === screening.planId && before.state === 'on-sale';
      const row = {
        ...screening,
        editionId: planned.edition.id,
        planVersion: keeps ? before.planVersion : versions.get(screening.planId)!,
        version: before?.version ?? 0,
        spoken: before?.spoken ?? null,
        print,
      };
      await tx.upsert(ScreeningRow, row as never, ['id']);
    }
    if (problems.length > 0) throw refused(problems);
  }
}

const FORWARD = ['draft', 'announced', 'on-sale'];

/** A file may move a screening forward up to on sale; what people did since by hand is not undone by a file. */
function refusal(
  source: MergedRow<'screenings'>,
  screening: PlannedScreening,
  before: ScreeningRow,
  { editionId, print, moving }: { editionId: string; print: string; moving: ReadonlySet<string> },
): RowProblem | undefined {
  const row = source as MergedRow;
  if (before.editionId !== editionId) return problemAt(row, '/id', 'screening-of-other-edition', before.id);
  if (before.print === print) return undefined;
  const from = FORWARD.indexOf(before.state);
  if (from < 0 || FORWARD.indexOf(screening.state) < from)
    return problemAt(row, '/state', 'state-not-importable', before.state);
  if (moving.has(before.id)) return problemAt(row, '/id', 'screening-moving', before.id);
  // Seats that may be sold go to another hall by a move, which asks who sits where.
  if (before.state === 'on-sale' && (before.hallId !== screening.hallId || before.planId !== screening.planId))
    return problemAt(row, '/hallId', 'screening-move-needed', before.hallId);
  return undefined;
}

function refused(problems: RowProblem[]): Error {
  const rows = problems.slice(0, MOST_PROBLEMS);
  return programmeRefused(
    { count: problems.length, rows: rows.map(({ file, line, pointer, code }) => ({ file, line, pointer, code })) },
    {
      fields: rows.map(({ file, line, pointer, code, reason }) => ({
        field: `${file}:${line} ${pointer}`.trim(),
        code,
        reason,
      })),
    },
  );
}

function viewSection({ id, kind, name, sign }: RowOf<'sections'>): SectionView {
  return { id, kind, name, sign: sign ?? null };
}

function viewEvent({ id, kind, title, date, venueId, filmIds, people }: RowOf<'events'>): Record<string, unknown> {
  return {
    id,
    kind,
    title,
    date: date ?? null,
    venueId: venueId ?? null,
    filmIds: filmIds ?? [],
    people: people ?? [],
  };
}
