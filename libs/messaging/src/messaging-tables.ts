/** Shards of keys that relays share among themselves. */
export const SHARDS = 16;

/**
 * The tables behind telling and hearing. Every service runs this in its first migration.
 *
 * A use case written in SQL tells a fact by inserting into `outbox` itself, in its own transaction:
 * `fact` (uuid, shared by the `.v1` and `.v2` telling of one fact), `type`, `topic`, `aggregate_id` (the message key),
 * `version` (the aggregate's, after the change), `data` (NULL is a tombstone) and `traceparent` (may be NULL).
 * `seq`, `shard` and `at` are made. After the commit it calls `relay.wake()`.
 */
export const MESSAGING_TABLES = `
  CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fact uuid NOT NULL, type text NOT NULL, topic text NOT NULL, aggregate_id text NOT NULL,
    version bigint NOT NULL, data jsonb, traceparent text,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    shard smallint NOT NULL GENERATED ALWAYS AS ((hashtextextended(aggregate_id, 0) & ${SHARDS - 1})::smallint) STORED,
    published_at timestamptz);
  CREATE INDEX outbox_waiting ON outbox (shard, seq) WHERE published_at IS NULL;
  CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

  CREATE TABLE inbox (
    consumer text COLLATE "C" NOT NULL, fact text COLLATE "C" NOT NULL, topic text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (consumer, fact));

  -- facts of a parked key wait behind the one that failed
  CREATE TABLE parked_key (
    consumer text NOT NULL, topic text NOT NULL, key text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (consumer, topic, key));

  CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer text NOT NULL, topic text NOT NULL, "partition" int NOT NULL, "offset" bigint NOT NULL,
    key text, fact text, type text,
    -- the whole event; NULL where the topic carries personal data: the coordinates say where it stands
    event jsonb,
    reason text NOT NULL, attempts int NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replay', 'replayed', 'dropped', 'settled')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz,
    UNIQUE (consumer, topic, "partition", "offset"));
  CREATE INDEX dead_letter_open ON dead_letter (consumer, topic, key) WHERE state IN ('open', 'replay');`;
