import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { makeKafka, Nap, Outbox, Relay, replayTopic } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { type Looks, PARTS } from './erasures.queries.js';
import { NEIGHBOURS, Neighbours } from './neighbours.js';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 50;
/** A look of ours reads a topic and asks three services: nobody else begins one meanwhile. */
const LEASE_SECONDS = 30;
/** Longest time between two looks; the brokers may take their time, the services may be down. */
const LONGEST_WAIT_SECONDS = 600;

interface Due {
  personId: string;
  version: number;
  /** Which look this is; a later one makes it stale. */
  looks: number;
  /** The last tombstone is older than a segment: a new one makes the brokers close the segment that has the old record. */
  nudge: boolean;
}

/** Looks into every part until the person is seen to be gone everywhere; what is pending shows as pending. */
@Injectable()
export class FollowErasuresJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly neighbours: Neighbours,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
    @Inject(LOGGER) private readonly log: Logger,
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
      await this.round().catch((error: unknown) => this.log.warn({ err: error }, 'erasures wait'));
      await this.nap.sleep(LOOK_EVERY_MS);
    }
  }

  private async round(): Promise<void> {
    const due = await this.database.query<Due>(
      `WITH taken AS (
       UPDATE erasure SET looks = looks + 1,
              next_look_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS} + least($2, power(2, least(looks, 12))))
        WHERE person_id IN (SELECT person_id FROM erasure WHERE done_at IS NULL AND next_look_at <= clock_timestamp()
                             ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING person_id, version, looks, told_at)
       SELECT person_id AS "personId", version, looks, told_at < clock_timestamp() - make_interval(secs => $3) AS nudge FROM taken`,
      [AT_ONCE, LONGEST_WAIT_SECONDS, this.settings.PEOPLE_SEGMENT_SECONDS],
    );
    if (due.length === 0) return;
    const onTopic = await this.onTopic(new Set(due.map(({ personId }) => personId)));
    for (const one of due) await this.look(one, onTopic);
  }

  /** Those of whom a record with content stands on `people`; undefined when the brokers can't be asked. */
  private async onTopic(wanted: ReadonlySet<string>): Promise<Set<string> | undefined> {
    const found = new Set<string>();
    try {
      const kafka = makeKafka(this.settings, 'gateway-erasures', this.log);
      await replayTopic(kafka, this.settings, 'people', async (events) => {
        for (const { aggregate, data } of events) if (data !== null && wanted.has(aggregate)) found.add(aggregate);
      });
      return found;
    } catch (error) {
      this.log.warn({ err: error }, 'the topic of people could not be read');
      return undefined;
    }
  }

  private async look(one: Due, onTopic: Set<string> | undefined): Promise<void> {
    const checkedAt = new Date().toISOString();
    const parts: Looks = {
      'people-topic': {
        checkedAt,
        left: onTopic ? (onTopic.has(one.personId) ? ['contact data'] : []) : ['not answered'],
      },
      gateway: { checkedAt, left: await this.own(one.personId) },
    };
    for (const neighbour of NEIGHBOURS)
      parts[neighbour] = { checkedAt, left: await this.neighbours.left(neighbour, one.personId) };
    const done = PARTS.every((part) => parts[part]?.left.length === 0);
    const nudge = !done && one.nudge && onTopic?.has(one.personId) === true;
    await this.database.transaction(async (tx) => {
      // A look that took too long finds another's word here and adds nothing to it.
      const written = await tx.query<unknown[]>(
        `WITH ours AS (
         UPDATE erasure SET parts = $2, done_at = CASE WHEN $3 THEN clock_timestamp() END,
                version = version + CASE WHEN $4 THEN 1 ELSE 0 END,
                told_at = CASE WHEN $4 THEN clock_timestamp() ELSE told_at END,
                next_look_at = clock_timestamp() + make_interval(secs => least($5, power(2, least(looks, 12))))
          WHERE person_id = $1 AND done_at IS NULL AND looks = $6 RETURNING 1 AS one)
         SELECT one FROM ours`,
        [one.personId, JSON.stringify(parts), done, nudge, LONGEST_WAIT_SECONDS, one.looks],
      );
      if (written.length === 0) return;
      if (nudge) await this.outbox.tombstone(tx, 'people', one.personId, Number(one.version) + 1);
      if (done)
        await tx.query(`INSERT INTO privacy_audit (actor, action, subject) VALUES ('system', 'person.erased', $1)`, [
          one.personId,
        ]);
    });
    if (nudge) this.relay.wake();
  }

  private async own(personId: string): Promise<string[]> {
    const [row] = await this.database.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM person WHERE id = $1)::int
            + (SELECT count(*) FROM outbox WHERE topic = 'people' AND aggregate_id = $1 AND data IS NOT NULL)::int AS left`,
      [personId],
    );
    return row && row.left > 0 ? ['account'] : [];
  }
}
