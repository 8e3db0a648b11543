import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what two applications are suspected to be one person's, and what officers said of it. */
export class Duplicates1760000301000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What an officer wrote when a badge lost its power.
      ALTER TABLE badge ADD COLUMN end_reason text;
      ALTER TABLE application ADD COLUMN merged_into uuid REFERENCES application (id);
      CREATE INDEX application_merged ON application (merged_into) WHERE merged_into IS NOT NULL;
      -- Two words of a name by their sound, in one order; made again when the application has changed.
      CREATE TABLE name_key (
        application_id uuid NOT NULL REFERENCES application (id),
        edition_id text NOT NULL,
        key text NOT NULL,
        PRIMARY KEY (application_id, key)
      );
      CREATE INDEX name_key_pairs ON name_key (edition_id, key);
      CREATE TABLE name_keyed (
        application_id uuid PRIMARY KEY REFERENCES application (id),
        version integer NOT NULL
      );
      CREATE TABLE not_duplicates (
        first uuid NOT NULL REFERENCES application (id),
        second uuid NOT NULL REFERENCES application (id),
        said_by text NOT NULL,
        said_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (first, second),
        CHECK (first < second)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE not_duplicates, name_keyed, name_key; ALTER TABLE application DROP COLUMN merged_into; ALTER TABLE badge DROP COLUMN end_reason',
    );
  }
}
