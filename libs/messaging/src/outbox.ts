import { Injectable } from '@nestjs/common';
import type { EventDefinition, Telling, Topic } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { correlation } from '#libs/service-defaults';

const COLUMNS = 7;

/** Writes what happened into the transaction in which it happens; the relay tells it after the commit. */
@Injectable()
export class Outbox {
  private readonly touched = new WeakSet<Tx>();

  /** The use case has locked its aggregate, so the order of rows is the order of commits of that aggregate. */
  async append<D extends EventDefinition>(tx: Tx, tellings: Telling<D> | readonly Telling<D>[]): Promise<void> {
    const list = Array.isArray(tellings) ? (tellings as readonly Telling<D>[]) : [tellings as Telling<D>];
    await this.insert(
      tx,
      list.map((telling) => [
        telling.fact ?? newId(),
        telling.definition.type,
        telling.definition.topic,
        telling.aggregate,
        telling.version,
        JSON.stringify(telling.data),
      ]),
    );
  }

  /** Erases a key of a compacted topic: an event without data. */
  async appendTombstone(tx: Tx, topic: Topic, key: string, version: number): Promise<void> {
    await this.insert(tx, [[newId(), tombstoneType(topic), topic, key, version, null]]);
  }

  /** True when the transaction that ran on `tx` told something. */
  told(tx: Tx): boolean {
    return this.touched.has(tx);
  }

  private async insert(tx: Tx, rows: unknown[][]): Promise<void> {
    if (rows.length === 0) return;
    const traceparent = correlation()?.traceparent ?? null;
    const places = rows.map((_, row) => `(${Array.from({ length: COLUMNS }, (__, i) => `$${row * COLUMNS + i + 1}`)})`);
    await tx.query(
      `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data, traceparent) VALUES ${places}`,
      rows.flatMap((row) => [...row, traceparent]),
    );
    this.touched.add(tx);
  }
}

/** The pattern under which a hearer is told of a tombstone. */
export function tombstoneType(topic: Topic): string {
  return `${topic}.tombstone`;
}
