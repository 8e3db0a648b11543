import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What visitors were told of a delay: a move that is undone makes the same delay arrive once more. */
export class ToldDelays1569000503000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE told_delay (
        screening_id text NOT NULL, announced_for timestamptz NOT NULL, minutes int NOT NULL,
        PRIMARY KEY (screening_id, announced_for));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE told_delay');
  }
}
