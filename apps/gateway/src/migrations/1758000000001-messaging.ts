import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MESSAGING_TABLES } from '#libs/messaging';

/** Outbox and inbox of the gateway's facts about people. */
export class Messaging1758000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox, inbox, parked_key, dead_letter');
  }
}
