import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order's page shows its ended tickets too, which the index of the standing ones leaves out. */
export class TicketsByOrder1569000403000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ticket_order ON ticket (order_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_order');
  }
}
