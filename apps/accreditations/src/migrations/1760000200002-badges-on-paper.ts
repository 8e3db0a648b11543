import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Badges on paper with lives of their own, the batches they are drawn in, and lost badges that were shown at a door. */
export class BadgesOnPaper1760000200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE print_batch (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        format text NOT NULL CHECK (format IN ('cr80', 'a6', '4x6')),
        back boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'drawing', 'ready', 'printed', 'failed')),
        total integer NOT NULL CHECK (total > 0),
        done integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        -- Counts whoever took it: one that fell silent is not taken for the one that came after it.
        attempts integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT '-infinity',
        -- Whoever draws it says again and again that it is still at it; after that somebody else may.
        taken_until timestamptz,
        file_id uuid,
        bytes integer,
        ordered_by text NOT NULL,
        ordered_at timestamptz NOT NULL DEFAULT now(),
        ready_at timestamptz,
        CHECK ((state IN ('ready', 'printed')) = (ready_at IS NOT NULL))
      );
      CREATE INDEX print_batch_open ON print_batch (ordered_at) WHERE state IN ('waiting', 'drawing');
      CREATE INDEX print_batch_edition ON print_batch (edition_id, ordered_at DESC);

      CREATE TABLE badge_print (
        id uuid PRIMARY KEY,
        badge_id uuid NOT NULL REFERENCES badge (id),
        edition_id text NOT NULL,
        batch_id uuid REFERENCES print_batch (id),
        format text NOT NULL CHECK (format IN ('cr80', 'a6', '4x6')),
        state text NOT NULL CHECK (state IN ('queued', 'printed', 'collected', 'returned', 'spoiled')),
        since timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      -- One piece of paper for a serial at a time: a second one would be a copy.
      CREATE UNIQUE INDEX badge_print_one ON badge_print (badge_id) WHERE state IN ('queued', 'printed', 'collected');
      CREATE INDEX badge_print_batch ON badge_print (batch_id, id);
      CREATE INDEX badge_print_state ON badge_print (edition_id, state, id);

      CREATE TABLE badge_alert (
        id uuid PRIMARY KEY,
        badge_id uuid NOT NULL REFERENCES badge (id),
        edition_id text NOT NULL,
        screening_id text NOT NULL,
        gate text NOT NULL,
        verdict text NOT NULL,
        at timestamptz NOT NULL,
        seen_at timestamptz,
        seen_by text,
        UNIQUE (badge_id, screening_id, gate, at)
      );
      CREATE INDEX badge_alert_edition ON badge_alert (edition_id, at DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE badge_alert, badge_print, print_batch');
  }
}
