import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Document sets as they went out: what was frozen is never changed, only erased. */
export class DocumentSets1760000200005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE document_set (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('badge', 'foreign-ministry', 'visa')),
        rules jsonb NOT NULL,
        columns jsonb NOT NULL,
        left_out jsonb NOT NULL,
        sha256 text NOT NULL,
        people integer NOT NULL,
        warnings integer NOT NULL,
        frozen_by text NOT NULL,
        frozen_at timestamptz NOT NULL
      );
      CREATE INDEX document_set_edition ON document_set (edition_id, frozen_at DESC);
      CREATE TABLE document_set_row (
        set_id uuid NOT NULL REFERENCES document_set (id),
        position integer NOT NULL,
        application_id uuid NOT NULL REFERENCES application (id),
        person_id text NOT NULL,
        -- Null once the person was erased; the digest stays and names nobody.
        data jsonb,
        sha256 text NOT NULL,
        PRIMARY KEY (set_id, position)
      );
      CREATE INDEX document_set_row_person ON document_set_row (person_id);

      CREATE FUNCTION document_sets_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND NEW.data IS NULL AND NEW.sha256 = OLD.sha256 THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a document set is frozen';
      END $$;
      CREATE TRIGGER document_set_row_frozen BEFORE UPDATE OR DELETE ON document_set_row
        FOR EACH ROW EXECUTE FUNCTION document_sets_are_frozen();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE document_set_row, document_set; DROP FUNCTION document_sets_are_frozen');
  }
}
