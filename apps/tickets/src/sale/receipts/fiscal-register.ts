import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { SfdRegistrar, type ZReport } from './sfd-registrar.js';

/** The protocol asks for GET_KKM_INFO about so often. */
const INFO_SECONDS = 300;
/** A shift may last 24 hours; an hour is kept for trouble. */
const SHIFT_HOURS = 23;

/** The counter's register: its key at the operator, what the operator says of it, and its shifts. */
@Injectable()
export class FiscalRegister {
  constructor(
    private readonly database: Database,
    private readonly registrar: SfdRegistrar,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Before a receipt: the register is known here, its key at the operator, and no old shift stands in the way. */
  async prepare(lastError: string | null): Promise<void> {
    const { register } = this.registrar;
    const key = this.registrar.publicKey();
    if (!key) return;
    const print = createHash('sha256').update(key).digest('hex');
    const [row] = await this.database.query<{ print: string | null }>(
      `INSERT INTO fiscal_register (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING key_print AS print`,
      [register],
    );
    if (row?.print !== print || lastError === 'KEY_UNKNOWN') await this.sendKey(print);
    if (lastError === 'SHIFT_EXPIRED') await this.closeShift(`expired-${await this.shift()}`, 'job');
  }

  /** GET_KKM_INFO by whichever process comes first, and the end of a shift that grows too old. */
  async lookAfter(): Promise<void> {
    const { register } = this.registrar;
    const taken = await this.database.hot(
      'look-after-register',
      `UPDATE fiscal_register SET info_at = clock_timestamp()
        WHERE id = $1 AND key_print IS NOT NULL AND coalesce(info_at, '-infinity') < clock_timestamp() - make_interval(secs => $2) RETURNING 1`,
      [register, INFO_SECONDS],
    );
    if (taken.length === 0) return;
    const info = await this.registrar.info();
    if (info.outcome !== 'ok') {
      this.logger.warn({ register, reason: info.reason }, 'the fiscal data operator does not answer');
      return;
    }
    const opened = typeof info.data.shiftOpenedAt === 'string' ? new Date(info.data.shiftOpenedAt) : null;
    await this.database.query(
      'UPDATE fiscal_register SET info = $2, shift_no = $3, shift_opened_at = $4 WHERE id = $1',
      [register, JSON.stringify(info.data), Number(info.data.shiftNumber) || null, opened],
    );
    if (opened && Date.now() - opened.getTime() > SHIFT_HOURS * 3_600_000)
      await this.closeShift(`aged-${String(info.data.shiftNumber)}`, 'job');
  }

  /**
   * Ends the shift with its Z report. The same request asked for twice answers the same report.
   * @returns undefined when the operator did not answer; asking again with the same request is safe
   */
  async closeShift(requestId: string, by: string): Promise<ZReport | undefined> {
    const closed = await this.registrar.closeShift(requestId);
    if (closed.outcome !== 'ok') return undefined;
    await this.database.query(
      `INSERT INTO fiscal_shift (register, shift_no, report, closed_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [this.registrar.register, closed.report.shift, JSON.stringify(closed.report), by],
    );
    await this.database.query('UPDATE fiscal_register SET shift_no = NULL, shift_opened_at = NULL WHERE id = $1', [
      this.registrar.register,
    ]);
    return closed.report;
  }

  private async shift(): Promise<string> {
    const info = await this.registrar.info();
    return info.outcome === 'ok' ? String(info.data.shiftNumber) : 'unknown';
  }

  private async sendKey(print: string): Promise<void> {
    const sent = await this.registrar.registerKey();
    if (sent.outcome === 'ok')
      await this.database.query('UPDATE fiscal_register SET key_print = $2 WHERE id = $1', [
        this.registrar.register,
        print,
      ]);
    else
      this.logger.error(
        { register: this.registrar.register, reason: sent.reason },
        "the register's key is not registered",
      );
  }
}
