import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ExtraDraw, ExtraRequest, ExtraRequests, MyExtra } from '#libs/contracts';
import { venueLocal } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { Editions } from '../editions/editions.js';
import { DrawBadges } from '../prints/draw-badges.js';
import { ExtraRequestRow, ExtraRow } from './extra.entity.js';
import { extraByDraw, extraUnknown } from './extra.refusals.js';
import { EXTRA_DRAW_RULE } from './extra.rules.js';

@Injectable()
export class ExtrasQueries implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
    private readonly badges: DrawBadges,
  ) {}

  /** What was granted stands on a badge that is printed afterwards. */
  onModuleInit(): void {
    this.badges.marksBy((editionId, people) => this.marks(editionId, people));
  }

  /** Extras of an edition, in the order of their events, and how the person's request stands. */
  async mine(editionId: string, personId: string): Promise<MyExtra[]> {
    const manager = this.database.source.manager;
    const [extras, requests] = await Promise.all([
      manager.find(ExtraRow, { where: { editionId }, order: { at: 'ASC', id: 'ASC' } }),
      manager.findBy(ExtraRequestRow, { editionId, personId }),
    ]);
    const mine = new Map(requests.map((request) => [request.extraId, request]));
    return extras.map((extra) => {
      const request = mine.get(extra.id);
      return {
        ...view(extra),
        request: request ? { id: request.id, state: request.state, place: request.place } : null,
      };
    });
  }

  /** Who asked, drawn ones by place, others in the order of asking. */
  async requests(editionId: string, extraId: string): Promise<ExtraRequests> {
    const extra = await this.one(editionId, extraId);
    const rows = await this.database.query<Omit<ExtraRequest, 'askedAt'> & { askedAt: Date }>(
      `SELECT DISTINCT ON (r.place, r.asked_at, r.id) r.id, r.person_id AS "personId",
              r.application_id AS "applicationId", b.holder ->> 'name' AS name, b.holder ->> 'line' AS line,
              b.holder -> 'functionName' AS "functionName", r.state, r.place,
              b.state IN ('live', 'suspended') AS badge, r.asked_at AS "askedAt"
         FROM extra_request r JOIN badge b ON b.edition_id = r.edition_id AND b.person_id = r.person_id
        WHERE r.edition_id = $1 AND r.extra_id = $2
        ORDER BY r.place, r.asked_at, r.id, (b.state IN ('live', 'suspended')) DESC, b.issued_at DESC`,
      [editionId, extraId],
    );
    return { ...view(extra), requests: rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() })) };
  }

  /** The number to be worn of each granted request. */
  async bibs(editionId: string, extraId: string): Promise<Map<string, number>> {
    const rows = await this.database.query<{ id: string; bib: number }>(
      `SELECT id, bib FROM extra_request WHERE edition_id = $1 AND extra_id = $2 AND state = 'granted'`,
      [editionId, extraId],
    );
    return new Map(rows.map(({ id, bib }) => [id, bib]));
  }

  /** @throws extra-by-draw before the draw: the seed is not out */
  async draw(editionId: string, extraId: string): Promise<ExtraDraw> {
    const extra = await this.one(editionId, extraId);
    if (!extra.drawnAt) throw extraByDraw();
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM extra_request WHERE edition_id = $1 AND extra_id = $2 AND place IS NOT NULL ORDER BY place',
      [editionId, extraId],
    );
    const { commitment, seed, capacity } = extra;
    return { commitment, seed, rule: EXTRA_DRAW_RULE, capacity, drawn: rows.map((row) => row.id) };
  }

  async one(editionId: string, id: string): Promise<ExtraRow> {
    const extra = await this.database.source.manager.findOneBy(ExtraRow, { editionId, id });
    if (!extra) throw extraUnknown();
    return extra;
  }

  private async marks(editionId: string, people: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.database.query<{ person: string; name: ExtraRow['name']; at: Date }>(
      `SELECT r.person_id AS person, e.name, e.at FROM extra_request r
         JOIN extra e ON e.edition_id = r.edition_id AND e.id = r.extra_id
        WHERE r.edition_id = $1 AND r.person_id = ANY ($2) AND r.state = 'granted' ORDER BY e.at, e.id`,
      [editionId, [...people]],
    );
    if (rows.length === 0) return new Map();
    const { timezone } = await this.editions.one(editionId);
    return new Map(
      [...Map.groupBy(rows, (row) => row.person)].map(([person, granted]) => [
        person,
        granted.map(({ name, at }) => `${dayAndTime(at, timezone)} ${name.kk}`),
      ]),
    );
  }
}

/** "14.09 18:00" at the venue. */
export function dayAndTime(at: Date, timezone: string): string {
  const [date = '', time = ''] = venueLocal(at, timezone).split('T');
  const [, month, day] = date.split('-');
  return `${day}.${month} ${time.slice(0, 5)}`;
}

function view(extra: ExtraRow): Omit<MyExtra, 'request'> {
  const { editionId, id, kind, name, screeningId, capacity, used, how, commitment } = extra;
  return {
    editionId,
    id,
    kind,
    name,
    at: extra.at.toISOString(),
    screeningId,
    capacity,
    granted: used,
    how,
    asksUntil: extra.asksUntil.toISOString(),
    drawnAt: extra.drawnAt?.toISOString() ?? null,
    commitment,
  };
}
