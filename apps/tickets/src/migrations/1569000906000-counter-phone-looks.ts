import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a till asked for tickets by a phone's last digits, so that nobody tries one number after another; kept a day. */
export class CounterPhoneLooks1569000906000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counter_phone_look (
        shift_id uuid NOT NULL REFERENCES counter_shift, at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX counter_phone_look_shift ON counter_phone_look (shift_id, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE counter_phone_look');
  }
}
