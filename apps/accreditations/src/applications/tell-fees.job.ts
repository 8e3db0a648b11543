import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DemandFee, FeeState } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { type CommonSettings, LOGGER, SETTINGS, ServiceClient } from '#libs/service-defaults';
import { ENDED } from './application.rules.js';
import { ApplicationSteps } from './application-steps.js';
import { FeeTelling } from './fee-telling.js';
import { LapseApplication } from './lapse-application.js';

const EVERY_MS = 1_000;
const AT_ONCE = 20;
const PATIENCE_MS = 5_000;
/** Longer than a call may take: a row that a crashed process had taken comes back after it. */
const TAKEN_FOR = '20 seconds';
const LONGEST_WAIT_MS = 30_000;

interface Due {
  id: string;
  want: 'open' | 'withdrawn';
  round: number;
  body: Omit<DemandFee, 'round'>;
  attempts: number;
}

/**
 * Tells tickets about fees until it has taken them. A fee that was not paid in time is withdrawn first, and only when
 * tickets says that nobody can pay it any more does the application lapse: money that is on its way finds its place.
 */
@Injectable()
export class TellFees implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private stopListening?: () => void;
  private running?: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly services: ServiceClient,
    private readonly telling: FeeTelling,
    private readonly steps: ApplicationSteps,
    private readonly lapse: LapseApplication,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), EVERY_MS).unref();
    this.stopListening = this.database.onCommit((tx) => {
      if (this.telling.toldTickets(tx)) this.wake();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await this.running;
  }

  private wake(): void {
    this.running ??= this.round()
      .catch((error: unknown) => this.log.warn({ err: error }, 'tickets could not be told about fees'))
      .finally(() => {
        this.running = undefined;
      });
  }

  /** Tells what is due; the attempt is counted before the call, so that a crash costs a wait and no more. */
  async round(): Promise<void> {
    const due = await this.database.query<Due>(
      `WITH due AS (SELECT application_id FROM fee_telling WHERE taken_at IS NULL AND next_try_at <= clock_timestamp()
                     ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE fee_telling t SET attempts = t.attempts + 1,
                             next_try_at = clock_timestamp() + $2::interval
                        FROM due WHERE t.application_id = due.application_id RETURNING t.*)
       SELECT application_id AS id, want, round, body, attempts FROM taken`,
      [AT_ONCE, TAKEN_FOR],
    );
    await Promise.all(due.map((row) => this.tell(row)));
  }

  private async tell(row: Due): Promise<void> {
    const state = await this.ask(row).catch(() => undefined);
    const settled = state === 'paid' || state === (row.want === 'open' ? 'due' : 'withdrawn');
    await this.database.transaction(async (tx) => {
      if (row.want === 'withdrawn' && state === 'withdrawn') await this.unpaid(row.id, tx);
      await tx.query(
        settled
          ? 'UPDATE fee_telling SET taken_at = clock_timestamp() WHERE application_id = $1 AND round = $2'
          : `UPDATE fee_telling SET next_try_at = clock_timestamp() + $3 * interval '1 millisecond'
              WHERE application_id = $1 AND round = $2`,
        settled
          ? [row.id, row.round]
          : [row.id, row.round, Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(row.attempts, 8))],
      );
    });
  }

  /** Nobody can pay any more: what still waits for the money lapses, unless the fee was asked for anew meanwhile. */
  private async unpaid(id: string, tx: Tx): Promise<void> {
    const application = await this.steps.lock(tx, id);
    const [now]: { want: string }[] = await tx.query('SELECT want FROM fee_telling WHERE application_id = $1', [id]);
    if (application.state === 'awaiting-payment' && now?.want === 'withdrawn')
      await this.lapse.within(tx, application, 'no-payment');
  }

  private async ask({ id, want, round, body }: Due): Promise<FeeState['state'] | undefined> {
    const url = `${this.settings.TICKETS_URL}/internal/accreditation-fees`;
    const options = { timeoutMs: PATIENCE_MS };
    const answer = await (want === 'open'
      ? this.services.call('tickets', 'POST', url, { ...body, round } satisfies DemandFee, options)
      : this.services.call(
          'tickets',
          'DELETE',
          `${url}/${id}?round=${round}${await this.manner(id)}`,
          undefined,
          options,
        ));
    // A fee that tickets never heard of can't be paid.
    if (answer.status === 404 && want === 'withdrawn') return 'withdrawn';
    return answer.status < 300 ? (answer.body as FeeState).state : undefined;
  }

  /** Money that came for an application that has ended unpaid goes back; for one that still waits it is welcome. */
  private async manner(id: string): Promise<string> {
    const [row] = await this.database.query<{ over: boolean }>(
      `SELECT state = ANY ($2) AND paid_order IS NULL AS over FROM application WHERE id = $1`,
      [id, ENDED],
    );
    return row?.over ? '&paid=return' : '';
  }
}
