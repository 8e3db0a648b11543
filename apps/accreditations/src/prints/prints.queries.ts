import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { BadgePrint, BadgePrintsOf, PrintBatch } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { shortCode } from '../badges/badge.rules.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { PrintBatchRow } from './print.entity.js';
import { batchNotReady, printUnknown } from './print.refusals.js';

const MOST = 500;

@Injectable()
export class PrintsQueries {
  constructor(
    private readonly database: Database,
    private readonly files: EvidenceFiles,
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
   * @throws print-unknown, batch-not-ready
   */
  async pdf(id: string, officer: Caller): Promise<{ bytes: number; content: Readable }> {
    const batch = await this.batchRow(id, officer);
    if (!batch.fileId || !batch.bytes) throw batchNotReady({ state: batch.state });
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
