import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues before an on-sale and the places in them. */
export class EntryQueue1758000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE entry_queue (
        id uuid PRIMARY KEY, edition_id text NOT NULL, name jsonb NOT NULL, opens_at timestamptz NOT NULL,
        -- the seed is nobody's to see before the draw; its digest is published from the first moment
        seed text NOT NULL, commitment text NOT NULL,
        state text NOT NULL DEFAULT 'gathering' CHECK (state IN ('gathering', 'open', 'closed')),
        drawn int NOT NULL DEFAULT 0, last_place int NOT NULL DEFAULT 0,
        -- so many had been let in at that moment; since then so many a minute
        per_minute int NOT NULL CHECK (per_minute > 0), admitted int NOT NULL DEFAULT 0, admitted_at timestamptz,
        made_by text NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE TABLE queue_place (
        id uuid PRIMARY KEY, queue_id uuid NOT NULL REFERENCES entry_queue, holder text NOT NULL, network text NOT NULL,
        place int, generation int NOT NULL DEFAULT 1, admitted_until timestamptz,
        joined_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (queue_id, holder));
      CREATE UNIQUE INDEX queue_place_once ON queue_place (queue_id, place) WHERE place IS NOT NULL;
      CREATE INDEX queue_place_network ON queue_place (queue_id, network);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE queue_place, entry_queue');
  }
}
