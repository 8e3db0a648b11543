import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked to be forgotten, and where that was seen to have happened. */
export class Erasures1758000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE erasure (
        person_id text PRIMARY KEY,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- the person itself, or the admin who was asked
        asked_by text NOT NULL,
        -- of the last tombstone on people
        version bigint NOT NULL,
        told_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- part → {checkedAt, left: [text]}
        parts jsonb NOT NULL DEFAULT '{}',
        looks integer NOT NULL DEFAULT 0,
        next_look_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        done_at timestamptz
      );
      CREATE INDEX erasure_due ON erasure (next_look_at) WHERE done_at IS NULL;
      CREATE INDEX erasure_list ON erasure (asked_at DESC);
      CREATE TABLE privacy_audit (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL, action text NOT NULL, subject text NOT NULL, facts jsonb NOT NULL DEFAULT '{}'
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE privacy_audit, erasure');
  }
}
