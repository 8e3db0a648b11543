/** How many shards of keys the relays of a service share. */
export const SHARDS = 8;

/**
 * What each speaking or hearing service keeps in its own database; run in its first migration.
 *
 * `outbox`: written in the use case's transaction, also from SQL functions:
 * `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data, traceparent)`; `data` null is a tombstone.
 * `inbox`: facts that a consumer has applied. `parked_key` and `dead_letter`: what it could not.
 */
export const MESSAGING_TABLES = `
  CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, fact uuid NOT NULL, type text NOT NULL, topic text NOT NULL,
    aggregate_id text NOT NULL, version bigint NOT NULL, data jsonb, traceparent text,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    shard smallint NOT NULL GENERATED ALWAYS AS ((hashtext(aggregate_id) & 2147483647) % ${SHARDS}) STORED,
    published_at timestamptz);
  CREATE INDEX outbox_waiting ON outbox (seq) WHERE published_at IS NULL;
  CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;
  CREATE TABLE inbox (
    consumer text NOT NULL, fact uuid NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, fact));
  CREATE TABLE parked_key (
    consumer text NOT NULL, topic text NOT NULL, key text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, topic, key));
  CREATE TABLE dead_letter (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), consumer text NOT NULL, topic text NOT NULL, partition int NOT NULL,
    kafka_offset bigint NOT NULL, key text, fact uuid, type text, headers jsonb NOT NULL DEFAULT '{}', body text,
    reason text NOT NULL, attempts int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    replay_asked boolean NOT NULL DEFAULT false, settled_at timestamptz, settled_as text,
    UNIQUE (consumer, topic, partition, kafka_offset));
  CREATE INDEX dead_letter_open ON dead_letter (consumer, topic, key) WHERE settled_at IS NULL`;
