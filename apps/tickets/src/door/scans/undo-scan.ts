import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { scanUnknown, undoTooLate } from './scan.refusals.js';

/** Ten seconds for the operator, and a little for the way. */
const UNDO_MS = 12_000;

/** The last scan, taken back at the gate that made it. */
@Injectable()
export class UndoScan {
  constructor(private readonly database: Database) {}

  /** Twice is a success. @throws scan-unknown, undo-too-late */
  async execute(caller: Caller, id: string): Promise<void> {
    const [scan] = await this.database.query<{ age: number; undone: boolean }>(
      `SELECT (extract(epoch FROM clock_timestamp() - received_at) * 1000)::int AS age, undone_at IS NOT NULL AS undone
         FROM scan WHERE id = $1 AND device_id = $2`,
      [id, caller.id],
    );
    if (!scan) throw scanUnknown();
    if (scan.undone) return;
    if (scan.age > UNDO_MS) throw undoTooLate();
    await this.database.query('SELECT undo_scan($1)', [id]);
  }
}
