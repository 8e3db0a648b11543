import { Injectable } from '@nestjs/common';
import { type AnnounceExtra, ExtraDecided, type ExtraRequestState, event } from '#libs/contracts';
import { canStep, newId } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { Editions } from '../editions/editions.js';
import { ExtraRequestRow, ExtraRow } from './extra.entity.js';
import {
  extraAsksEnded,
  extraByDraw,
  extraFull,
  extraKnown,
  extraNotByDraw,
  extraNotForBadge,
  extraStepIllegal,
  extraStillAsking,
  extraUnknown,
} from './extra.refusals.js';
import { commitmentOf, drawOrder, EXTRA_CYCLE, newSeed } from './extra.rules.js';

export interface ExtraId {
  editionId: string;
  extraId: string;
}

/**
 * Counted extras of events. Whatever changes a place locks the extra's row first: two picks, a pick and a giving up, or two
 * draws wait for each other, and the count never passes the capacity.
 */
@Injectable()
export class Extras {
  constructor(
    private readonly editions: Editions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws extra-known when another one has the id */
  async announce(tx: Tx, { editionId, order, officer }: { editionId: string; order: AnnounceExtra; officer: Caller }) {
    await this.editions.one(editionId, tx);
    const seed = newSeed();
    const made: { id: string }[] = await tx.query(
      `WITH made AS (
         INSERT INTO extra (edition_id, id, kind, name, at, screening_id, capacity, how, functions, asks_until, seed,
                            commitment, announced_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING id)
       SELECT id FROM made`,
      [
        editionId,
        order.id,
        order.kind,
        JSON.stringify(order.name),
        order.at,
        order.screeningId ?? null,
        order.capacity,
        order.how,
        order.functions ? JSON.stringify(order.functions) : null,
        order.asksUntil,
        seed,
        commitmentOf(seed),
        officer.id,
      ],
    );
    if (made.length === 0) throw extraKnown({ id: order.id });
    await this.note(tx, officer.id, 'extra.announce', order.id, { capacity: order.capacity, how: order.how });
  }

  /**
   * Asks with a living badge; asking twice is asking once.
   * @throws extra-unknown, extra-asks-ended, extra-not-for-badge
   */
  async ask(tx: Tx, { editionId, extraId, personId }: ExtraId & { personId: string }): Promise<void> {
    const extra = await this.lock(tx, editionId, extraId);
    const at = await this.editions.now(editionId, tx);
    if (at >= extra.asksUntil || extra.drawnAt) throw extraAsksEnded({ asksUntil: extra.asksUntil.toISOString() });
    const [badge]: { application: string; function: string }[] = await tx.query(
      `SELECT application_id AS application, function FROM badge
        WHERE edition_id = $1 AND person_id = $2 AND state = 'live'`,
      [editionId, personId],
    );
    if (!badge || (extra.functions && !extra.functions.includes(badge.function)))
      throw extraNotForBadge({ functions: extra.functions });
    const known = await tx.findOneBy(ExtraRequestRow, { editionId, extraId, personId });
    if (known && known.state !== 'given-up') return;
    if (known) {
      await this.step(tx, extra, known, 'asked');
      return;
    }
    await tx.insert(ExtraRequestRow, {
      id: newId(),
      editionId,
      extraId,
      applicationId: badge.application,
      personId,
      state: 'asked',
      version: 1,
      place: null,
      bib: null,
      takenBack: false,
      askedAt: at,
    });
  }

  /** The person needs it no longer; a place that was drawn goes to the next of the draw. */
  async giveUp(tx: Tx, { editionId, extraId, personId }: ExtraId & { personId: string }): Promise<void> {
    const extra = await this.lock(tx, editionId, extraId);
    const request = await tx.findOneBy(ExtraRequestRow, { editionId, extraId, personId });
    if (!request) throw extraUnknown();
    if (request.state === 'given-up') return;
    const had = request.state === 'granted';
    await this.step(tx, extra, request, 'given-up');
    if (had) await this.next(tx, extra);
  }

  /**
   * Frees places of people whose badge ended; a drawn one goes to the next of the draw. Does nothing for who has one again.
   * @returns how many places became free
   */
  async freeEnded(tx: Tx, { editionId, extraId }: ExtraId): Promise<number> {
    const extra = await this.lock(tx, editionId, extraId);
    const granted = await tx.findBy(ExtraRequestRow, { editionId, extraId, state: 'granted' });
    let freed = 0;
    for (const request of granted) {
      if (await this.hasBadge(tx, request)) continue;
      await this.step(tx, extra, request, 'given-up');
      await this.next(tx, extra);
      freed++;
    }
    return freed;
  }

  /**
   * Draws, once: the order follows from the seed whose digest was out before, and anybody can draw again.
   * @throws extra-not-by-draw, extra-still-asking
   */
  async draw(tx: Tx, { editionId, extraId, officer }: ExtraId & { officer: Caller }): Promise<void> {
    const extra = await this.lock(tx, editionId, extraId);
    if (extra.how !== 'draw') throw extraNotByDraw();
    if (extra.drawnAt) return;
    const at = await this.editions.now(editionId, tx);
    if (at < extra.asksUntil) throw extraStillAsking({ asksUntil: extra.asksUntil.toISOString() });
    const asked = await tx.findBy(ExtraRequestRow, { editionId, extraId, state: 'asked' });
    const byId = new Map(asked.map((request) => [request.id, request]));
    extra.drawnAt = at;
    await tx.update(ExtraRow, { editionId, id: extraId }, { drawnAt: at });
    const ordered = drawOrder(extra.seed, [...byId.keys()]);
    for (const [index, id] of ordered.entries()) {
      const request = byId.get(id)!;
      request.place = index + 1;
      const granted = extra.used < extra.capacity && (await this.hasBadge(tx, request));
      await this.step(tx, extra, request, granted ? 'granted' : 'refused');
    }
    await this.note(tx, officer.id, 'extra.draw', extraId, { asked: ordered.length, granted: extra.used });
  }

  /**
   * An officer's pick; after a draw only to take a place back, or to give a free one.
   * @throws extra-unknown, extra-by-draw before the draw, extra-full, extra-step-illegal
   */
  async decide(
    tx: Tx,
    {
      editionId,
      extraId,
      requestId,
      granted,
      officer,
    }: ExtraId & { requestId: string; granted: boolean; officer: Caller },
  ): Promise<void> {
    const extra = await this.lock(tx, editionId, extraId);
    const request = await tx.findOneBy(ExtraRequestRow, { id: requestId, editionId, extraId });
    if (!request) throw extraUnknown();
    if (extra.how === 'draw' && !extra.drawnAt) throw extraByDraw();
    const to = granted ? 'granted' : 'refused';
    if (request.state === to) return;
    if (granted && !(await this.hasBadge(tx, request))) throw extraNotForBadge();
    request.takenBack = request.state === 'granted' && !granted;
    await this.step(tx, extra, request, to);
    await this.note(tx, officer.id, `extra.${to}`, requestId, { extraId });
  }

  /** After a draw a free place goes to the first whom the draw, not an officer, refused and who still has a badge. */
  private async next(tx: Tx, extra: ExtraRow): Promise<void> {
    if (extra.how !== 'draw' || !extra.drawnAt) return;
    const waiting = await tx.find(ExtraRequestRow, {
      where: { editionId: extra.editionId, extraId: extra.id, state: 'refused', takenBack: false },
      order: { place: 'ASC' },
    });
    for (const request of waiting) {
      if (!(await this.hasBadge(tx, request))) continue;
      await this.step(tx, extra, request, 'granted');
      return;
    }
  }

  /** Moves a request of a locked extra, counts its place and tells what was decided. */
  private async step(tx: Tx, extra: ExtraRow, request: ExtraRequestRow, to: ExtraRequestState): Promise<void> {
    const from = request.state;
    if (!canStep(EXTRA_CYCLE, from, to)) throw extraStepIllegal({ state: from, to });
    const change = (to === 'granted' ? 1 : 0) - (from === 'granted' ? 1 : 0);
    if (change !== 0) {
      if (extra.used + change > extra.capacity) throw extraFull({ capacity: extra.capacity });
      extra.used += change;
      if (to === 'granted') request.bib ??= ++extra.bibs;
      const { used, bibs } = extra;
      await tx.update(ExtraRow, { editionId: extra.editionId, id: extra.id }, { used, bibs });
    }
    request.state = to;
    request.version += 1;
    const { id, state, version, place, bib, takenBack } = request;
    await tx.update(ExtraRequestRow, { id }, { state, version, place, bib, takenBack });
    if (to !== 'granted' && to !== 'refused') return;
    await this.outbox.append(
      tx,
      event(ExtraDecided, {
        aggregate: id,
        version,
        data: {
          requestId: id,
          extraId: extra.id,
          editionId: extra.editionId,
          personId: request.personId,
          name: extra.name,
          at: extra.at.toISOString(),
          granted: to === 'granted',
        },
      }),
    );
  }

  private async hasBadge(tx: Tx, { editionId, personId }: ExtraRequestRow): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT 1 FROM badge WHERE edition_id = $1 AND person_id = $2 AND state IN ('live', 'suspended')`,
      [editionId, personId],
    );
    return rows.length > 0;
  }

  private async lock(tx: Tx, editionId: string, id: string): Promise<ExtraRow> {
    const extra = await tx.findOne(ExtraRow, { where: { editionId, id }, lock: { mode: 'pessimistic_write' } });
    if (!extra) throw extraUnknown();
    return extra;
  }

  private note(tx: Tx, actorId: string, action: string, objectId: string, facts: Record<string, unknown>) {
    return this.audit.record(tx, { actorId, action, objectId, facts });
  }
}
