import { Injectable } from '@nestjs/common';
import type { EntryMode, EntryModes as EntryModesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../seats/seat.refusals.js';
import { type EntryModeRow, entryMode } from './entry-mode.rules.js';
import { PLACE_KEEPERS, requireRoleIn } from './managers.js';

/** How each class enters a screening, as data of the edition and of single screenings. */
@Injectable()
export class EntryModes {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
  ) {}

  /** How somebody of these classes enters this screening. */
  async of(edition: string, screening: string, classes: readonly string[]): Promise<EntryMode> {
    const rows = await this.database.hot<EntryModeRow & { own: boolean }>(
      'entry-modes',
      `SELECT class, mode, screening_id <> '' AS own FROM entry_mode WHERE edition_id = $1 AND screening_id IN ('', $2)`,
      [edition, screening],
    );
    return entryMode(
      classes,
      rows.filter((row) => row.own),
      rows.filter((row) => !row.own),
    );
  }

  async list(edition: string, screening = ''): Promise<EntryModesBody> {
    const modes = await this.database.query<EntryModesBody['modes'][number]>(
      'SELECT class, mode FROM entry_mode WHERE edition_id = $1 AND screening_id = $2 ORDER BY class',
      [edition, screening],
    );
    return { modes };
  }

  async setForScreening(caller: Caller, screening: string, body: EntryModesBody): Promise<EntryModesBody> {
    const edition = await this.editionOf(screening);
    return this.set(caller, edition, screening, body);
  }

  /** Replaces every row of the edition, or of one screening in it. */
  async set(caller: Caller, edition: string, screening: string, body: EntryModesBody): Promise<EntryModesBody> {
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM entry_mode WHERE edition_id = $1 AND screening_id = $2', [edition, screening]);
      for (const row of body.modes)
        await tx.query(
          `INSERT INTO entry_mode (edition_id, screening_id, class, mode) VALUES ($1, $2, $3, $4)
           ON CONFLICT (edition_id, screening_id, class) DO UPDATE SET mode = excluded.mode`,
          [edition, screening, row.class, row.mode],
        );
      await tx.query(`INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'entry-modes.set', $2, $3)`, [
        caller.id,
        screening || edition,
        { modes: body.modes },
      ]);
    });
    return this.list(edition, screening);
  }

  async editionOf(screening: string): Promise<string> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    return facts.data.editionId;
  }
}
