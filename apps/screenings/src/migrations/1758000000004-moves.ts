import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Moves of screenings: the saga's own record, and the slot that is left but still kept until a move can't be undone. */
export class Moves1758000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hall_slot DROP CONSTRAINT hall_slot_kind_check;
      ALTER TABLE hall_slot ADD CHECK (kind IN ('current', 'wanted', 'left'));

      CREATE TABLE screening_move (
        id uuid PRIMARY KEY,
        screening_id text NOT NULL REFERENCES screening (id),
        state text NOT NULL CHECK (state IN ('requested', 'previewed', 'confirmed', 'seated', 'settling', 'settled',
          'undoing', 'undone', 'abandoning', 'abandoned')),
        from_end jsonb NOT NULL,
        to_end jsonb NOT NULL,
        preview jsonb,
        tag text,
        asked_by text NOT NULL,
        -- machine time
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        undo_until timestamptz,
        ended_at timestamptz,
        tries integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        trouble text
      );
      CREATE UNIQUE INDEX screening_move_open ON screening_move (screening_id)
        WHERE state NOT IN ('settled', 'undone', 'abandoned');
      CREATE INDEX screening_move_due ON screening_move (next_try_at) WHERE state NOT IN ('settled', 'undone', 'abandoned');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE screening_move');
  }
}
