import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff write to an order, and the columns by which they find one. */
export class OrderNotes1569000800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE order_note (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id uuid NOT NULL REFERENCES orders,
        actor text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), text text NOT NULL);
      CREATE INDEX order_note_order ON order_note (order_id);
      CREATE INDEX orders_edition_made ON orders (edition_id, made_at DESC);
      CREATE INDEX ticket_serial_end ON ticket (upper(right(serial, 6)));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_serial_end, orders_edition_made; DROP TABLE order_note');
  }
}
