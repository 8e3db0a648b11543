import { Injectable } from '@nestjs/common';
import type { Telling, Topic } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { correlation } from '#libs/service-defaults';
import { tombstoneOf } from './envelope.js';

interface Row {
  fact: string;
  type: string;
  topic: Topic;
  aggregate: string;
  version: number;
  data: unknown;
}

/** Facts written in the use case's own transaction; the relay tells them after the commit. */
@Injectable()
export class Outbox {
  private readonly written = new WeakSet<Tx>();

  /** Appends facts. The use case holds a lock on each aggregate, so their order here is their order for everybody. */
  async append(tx: Tx, telling: Telling | readonly Telling[]): Promise<void> {
    const tellings = Array.isArray(telling) ? (telling as readonly Telling[]) : [telling as Telling];
    await this.insert(
      tx,
      tellings.map(({ definition, aggregate, version, data, fact }) => ({
        fact: fact ?? newId(),
        type: definition.type,
        topic: definition.topic,
        aggregate,
        version,
        data,
      })),
    );
  }

  /** Erases a key of a compacted topic: everybody forgets it, and the broker forgets what it kept. */
  async tombstone(tx: Tx, topic: Topic, aggregate: string, version: number): Promise<void> {
    await this.insert(tx, [{ fact: newId(), type: tombstoneOf(topic), topic, aggregate, version, data: null }]);
  }

  /** True when this transaction wrote facts: its commit is worth waking the relay for. */
  wroteIn(tx: Tx): boolean {
    return this.written.has(tx);
  }

  private async insert(tx: Tx, rows: Row[]): Promise<void> {
    if (rows.length === 0) return;
    this.written.add(tx);
    await tx.query(
      `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data, traceparent)
       SELECT r.fact::uuid, r.type, r.topic, r.aggregate, r.version, nullif(r.data, 'null'::jsonb), $2
         FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS e(row, n),
              LATERAL jsonb_to_record(e.row) AS r(fact text, type text, topic text, aggregate text, version bigint, data jsonb)
        ORDER BY e.n`,
      [JSON.stringify(rows), correlation()?.traceparent ?? null],
    );
  }
}
