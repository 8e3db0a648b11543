import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every time at which a hall is taken, under one constraint: by a screening where it is (`current`), and by one that is
 * about to move there (`wanted`). A screening's own two slots may overlap: it may move by half an hour.
 */
export class HallSlots1758000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hall_slot (
        screening_id text NOT NULL REFERENCES screening (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('current', 'wanted')),
        hall_id text NOT NULL REFERENCES hall (id),
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        free_from timestamptz NOT NULL,
        PRIMARY KEY (screening_id, kind),
        CHECK (starts_at < ends_at AND ends_at <= free_from),
        CONSTRAINT hall_slot_is_free EXCLUDE USING gist (
          hall_id WITH =, tstzrange(starts_at, free_from) WITH &&, screening_id WITH <>
        ) DEFERRABLE INITIALLY DEFERRED
      );

      CREATE FUNCTION keep_hall_slot() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('draft', 'cancelled') THEN
          DELETE FROM hall_slot WHERE screening_id = NEW.id;
        ELSE
          INSERT INTO hall_slot (screening_id, kind, hall_id, starts_at, ends_at, free_from)
          VALUES (NEW.id, 'current', NEW.hall_id, NEW.starts_at, NEW.ends_at, NEW.free_from)
          ON CONFLICT (screening_id, kind) DO UPDATE SET hall_id = excluded.hall_id, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, free_from = excluded.free_from;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER screening_keeps_its_slot AFTER INSERT OR UPDATE OF state, hall_id, starts_at, ends_at, free_from
        ON screening FOR EACH ROW EXECUTE FUNCTION keep_hall_slot();
      INSERT INTO hall_slot (screening_id, kind, hall_id, starts_at, ends_at, free_from)
      SELECT id, 'current', hall_id, starts_at, ends_at, free_from FROM screening WHERE state NOT IN ('draft', 'cancelled');

      -- When hearers were told last: what a calendar calls the time of its entry.
      ALTER TABLE screening ADD COLUMN told_at timestamptz;
      UPDATE screening SET told_at = now() WHERE spoken IS NOT NULL;

      ALTER TABLE catalogue_entry DROP CONSTRAINT catalogue_entry_kind_check;
      ALTER TABLE catalogue_entry ADD CHECK (
        kind IN ('section', 'film', 'event', 'jury', 'award', 'guest', 'price-list', 'allocation-list'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE hall_slot; DROP FUNCTION keep_hall_slot CASCADE; ALTER TABLE screening DROP COLUMN told_at',
    );
  }
}
