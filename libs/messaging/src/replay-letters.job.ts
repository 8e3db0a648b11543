import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Topic } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, LOGGER, SETTINGS } from '#libs/service-defaults';
import type { DeadLetter } from './dead-letters.js';
import type { Envelope } from './envelope.js';
import { Hearing } from './hearing.js';
import { makeKafka } from './kafka.js';
import { Nap } from './nap.js';
import { readAt } from './read-topic.js';

const LOOK_EVERY_MS = 1_000;

/** Hears again what a person asked for, in order, through the inbox; a key is free when nothing of it waits. */
@Injectable()
export class ReplayLettersJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly hearing: Hearing,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.nap.sleep(LOOK_EVERY_MS);
      try {
        while (!this.stopping && (await this.next()));
      } catch (error) {
        this.logger.debug({ err: error }, 'dead letters were not looked at');
      }
    }
  }

  /** Hears one letter again; answers whether there was one. */
  async next(): Promise<boolean> {
    const [letter] = await this.database.query<DeadLetter>(
      `SELECT * FROM dead_letter WHERE consumer = $1 AND state = 'replay' ORDER BY "offset", id LIMIT 1`,
      [this.hearing.consumer],
    );
    if (!letter) return false;
    const envelope = letter.event ?? (await this.fetched(letter));
    try {
      await this.hearAgain(letter, envelope);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error({ letter: letter.id, type: letter.type }, 'dead letter failed again');
      // What was asked for behind it waits too: the order within a key stands.
      await this.database.query(
        `UPDATE dead_letter SET state = 'open', attempts = attempts + (id = $1)::int,
                reason = CASE WHEN id = $1 THEN $5 ELSE reason END
          WHERE state = 'replay' AND consumer = $2 AND topic = $3 AND (id = $1 OR key = $4)`,
        [letter.id, letter.consumer, letter.topic, letter.key, reason.slice(0, 500)],
      );
    }
    return true;
  }

  private async hearAgain(letter: DeadLetter, envelope: Envelope | undefined): Promise<void> {
    let later: (() => void)[] = [];
    await this.database.transaction(async (tx) => {
      later = [];
      await tx.query('SELECT 1 FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = $3 FOR UPDATE', [
        letter.consumer,
        letter.topic,
        letter.key,
      ]);
      // A fact that the brokers no longer hold was about somebody who was erased: withheld.
      if (envelope) await this.hearing.again(tx, letter.topic as Topic, envelope, later);
      await tx.query('UPDATE dead_letter SET state = $2, ended_at = clock_timestamp() WHERE id = $1', [
        letter.id,
        envelope ? 'replayed' : 'settled',
      ]);
      await tx.query(
        `DELETE FROM parked_key p WHERE consumer = $1 AND topic = $2 AND key = $3 AND NOT EXISTS (
           SELECT 1 FROM dead_letter d WHERE d.consumer = $1 AND d.topic = $2 AND d.key = $3
              AND d.state IN ('open', 'replay'))`,
        [letter.consumer, letter.topic, letter.key],
      );
    });
    for (const work of later) work();
  }

  /** The event where the letter keeps only its coordinates. */
  private async fetched(letter: DeadLetter): Promise<Envelope | undefined> {
    if (!letter.fact) return undefined;
    const kafka = makeKafka(this.settings, `${this.hearing.consumer}-letters`, this.logger);
    const read = await readAt(kafka, this.settings, letter);
    return read?.kind === 'event' && read.envelope.fact === letter.fact ? read.envelope : undefined;
  }
}
