import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A plan keeps the file it came in: `json`, not `jsonb`, because the order of its keys comes back, too. */
export class SeatPlanSources1758000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE seat_plan ADD COLUMN source json');
    await runner.query('CREATE INDEX seat_plan_hall ON seat_plan (hall_id, id, version DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE seat_plan DROP COLUMN source');
  }
}
