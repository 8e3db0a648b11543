import type { MigrationInterface, QueryRunner } from 'typeorm';
import { scriptFold } from '#libs/kernel';

/** Links by which staff choose a password, what admins did to staff, and names as they are searched in any script. */
export class Staff1758000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE password_link (
        token_hash text PRIMARY KEY,
        person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX password_link_person ON password_link (person_id);
      CREATE TABLE staff_audit (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL, action text NOT NULL, subject text NOT NULL, facts jsonb NOT NULL DEFAULT '{}'
      );
      ALTER TABLE person ADD search_name text NOT NULL DEFAULT '';
      CREATE INDEX person_search_name ON person (search_name text_pattern_ops) WHERE search_name <> '';
    `);
    const named = (await runner.query(`SELECT id, name FROM person WHERE name <> ''`)) as {
      id: string;
      name: string;
    }[];
    for (const { id, name } of named)
      await runner.query('UPDATE person SET search_name = $2 WHERE id = $1', [id, scriptFold(name)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP search_name; DROP TABLE staff_audit, password_link');
  }
}
