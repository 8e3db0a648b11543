import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A return that no provider carried has a receipt as well, linked to the order's own sale. */
export class ReturnsByHand1569000402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION complete_fiscal_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.provider := coalesce(NEW.provider, 'by-hand');
        IF NEW.kind = 'return' AND NEW.original_id IS NULL THEN
          SELECT id INTO NEW.original_id FROM fiscal_receipt
           WHERE order_id = NEW.order_id AND kind = 'sale' ORDER BY made_at, id LIMIT 1;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fiscal_receipt_completed BEFORE INSERT ON fiscal_receipt
        FOR EACH ROW EXECUTE FUNCTION complete_fiscal_receipt();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TRIGGER fiscal_receipt_completed ON fiscal_receipt; DROP FUNCTION complete_fiscal_receipt()',
    );
  }
}
