import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { BadgePrint, BadgePrintsOf, PrintBatch } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { BadgeRow } from '../badges/badge.entity.js';
import { shortCode } from '../badges/badge.rules.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { DrawBadges } from './draw-badges.js';
import { BadgePrintRow, PrintBatchRow } from './print.entity.js';
import { batchNotReady, batchPdfGone, printUnknown } from './print.refusals.js';
import { OUT } from './print.rules.js';

const MOST = 500;

@Injectable()
export class PrintsQueries {
  constructor(
    private readonly database: Database,
    private readonly files: EvidenceFiles,
    private readonly badges: DrawBadges,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async batches(editionId: string): Promise<PrintBatch[]> {
    const rows = await this.database.source.manager.find(PrintBatchRow, {
      where: { editionId },
      order: { orderedAt: 'DESC' },
      take: 100,
    });
    return rows.map(viewBatch);
  }

  /** @throws print-unknown, also for another edition's officer */
  async batch(id: string, officer: Caller): Promise<PrintBatch> {
    return viewBatch(await this.batchRow(id, officer));
  }

  /**
   * The PDF of a batch; who took it is written down first.
   * @throws print-unknown, batch-not-ready, batch-pdf-gone once it was kept long enough or a holder was erased
   */
  async pdf(id: string, officer: Caller): Promise<{ bytes: number; content: Readable }> {
    const batch = await this.batchRow(id, officer);
    if (!batch.readyAt) throw batchNotReady({ state: batch.state });
    if (!batch.fileId || !batch.bytes) throw batchPdfGone();
    await this.database.transaction((tx) =>
      this.audit.record(tx, { actorId: officer.id, action: 'prints.read', objectId: id }),
    );
    return { bytes: batch.bytes, content: await this.files.read(batch.fileId) };
  }

  /** Pieces of an edition, oldest first. */
  async prints({ edition, state, badge }: BadgePrintsOf): Promise<BadgePrint[]> {
    return this.select(
      'p.edition_id = $1 AND ($2::text IS NULL OR p.state = $2) AND ($3::uuid IS NULL OR p.badge_id = $3)',
      [edition, state ?? null, badge ?? null],
    );
  }

  async print(id: string): Promise<BadgePrint> {
    const [print] = await this.select('p.id = $1', [id]);
    if (!print) throw printUnknown();
    return print;
  }

  /** The piece of each badge that is out or on its way. */
  async out(badgeIds: readonly string[]): Promise<Map<string, BadgePrint>> {
    const prints = await this.select('p.badge_id = ANY ($1) AND p.state = ANY ($2)', [[...badgeIds], OUT]);
    return new Map(prints.map((print) => [print.badgeId, print]));
  }

  /** The portrait of each application: the id of its file. */
  photos(applicationIds: readonly string[]): Promise<Map<string, string>> {
    return this.badges.photos(applicationIds);
  }

  /**
   * One card, drawn when it is asked for; nothing of it is stored.
   * @throws print-unknown, also once its badge has ended: such a card opens nothing
   */
  async cardPdf(id: string, officer: Caller): Promise<Buffer> {
    const manager = this.database.source.manager;
    const print = await manager.findOneBy(BadgePrintRow, { id });
    if (!print || !hasRole(officer, 'accreditation-officer', print.editionId)) throw printUnknown();
    const badge = await manager.findOneBy(BadgeRow, { id: print.badgeId, state: 'live' });
    if (!badge || !OUT.includes(print.state)) throw printUnknown({ state: print.state });
    const { editionId, format } = print;
    await this.database.transaction((tx) =>
      this.audit.record(tx, { actorId: officer.id, action: 'print.read', objectId: id, facts: { badgeId: badge.id } }),
    );
    return this.badges.pdf({ editionId, format, back: true }, [badge]);
  }

  private async select(where: string, parameters: unknown[]): Promise<BadgePrint[]> {
    const rows = await this.database.query<Omit<BadgePrint, 'shortCode' | 'since'> & { serial: string; since: Date }>(
      `SELECT p.id, p.badge_id AS "badgeId", p.batch_id AS "batchId", p.format, p.state, b.serial,
              b.holder ->> 'name' AS name, b.holder -> 'functionName' AS "functionName", p.since
         FROM badge_print p JOIN badge b ON b.id = p.badge_id WHERE ${where} ORDER BY p.id LIMIT ${MOST}`,
      parameters,
    );
    return rows.map(({ serial, since, ...row }) => ({
      ...row,
      shortCode: shortCode(serial),
      since: since.toISOString(),
    }));
  }

  private async batchRow(id: string, officer: Caller): Promise<PrintBatchRow> {
    const row = await this.database.source.manager.findOneBy(PrintBatchRow, { id });
    if (!row || !hasRole(officer, 'accreditation-officer', row.editionId)) throw printUnknown();
    return row;
  }
}

function viewBatch(row: PrintBatchRow): PrintBatch {
  const { id, editionId, format, state, total, done, skipped, bytes } = row;
  return {
    id,
    editionId,
    format,
    state,
    total,
    done,
    skipped,
    bytes,
    orderedAt: row.orderedAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
  };
}
