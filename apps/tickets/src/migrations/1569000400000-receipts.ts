import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Receipts on paper, numbered without gaps, and what fiscal registers know beside the queue. */
export class Receipts1569000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE fiscal_receipt
        -- given by the register itself while the operator was away; sent along afterwards
        ADD offline_number bigint, ADD offline_at timestamptz,
        ADD register text, ADD shift_no int, ADD alarmed_at timestamptz;
      CREATE UNIQUE INDEX fiscal_receipt_offline ON fiscal_receipt (register, offline_number) WHERE offline_number IS NOT NULL;

      -- a counter's register at the fiscal data operator
      CREATE TABLE fiscal_register (
        id text PRIMARY KEY, key_print text, shift_no int, shift_opened_at timestamptz, offline_last bigint NOT NULL DEFAULT 0,
        info jsonb, info_at timestamptz);
      -- Z reports; the operator's totals, kept as they were told
      CREATE TABLE fiscal_shift (
        register text NOT NULL REFERENCES fiscal_register, shift_no int NOT NULL, report jsonb NOT NULL, closed_by text NOT NULL,
        closed_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (register, shift_no));

      -- the paper that a buyer gets: its words and numbers are frozen when it is issued
      CREATE TABLE receipt_series (
        edition_id text NOT NULL, kind text NOT NULL CHECK (kind IN ('receipt', 'credit-note')), last int NOT NULL DEFAULT 0,
        PRIMARY KEY (edition_id, kind));
      CREATE TABLE receipt_paper (
        fiscal_id uuid PRIMARY KEY REFERENCES fiscal_receipt, order_id uuid NOT NULL REFERENCES orders,
        edition_id text NOT NULL, kind text NOT NULL, number int NOT NULL, content jsonb NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (edition_id, kind, number),
        FOREIGN KEY (edition_id, kind) REFERENCES receipt_series);
      CREATE INDEX receipt_paper_order ON receipt_paper (order_id);

      -- The next number of its series, once per fiscal receipt: a number that is given is used, in the same transaction.
      CREATE FUNCTION issue_receipt(fiscal uuid, of_order uuid, edition text, what text, says jsonb) RETURNS int LANGUAGE plpgsql AS $$
      DECLARE n int;
      BEGIN
        INSERT INTO receipt_series (edition_id, kind) VALUES (edition, what) ON CONFLICT DO NOTHING;
        PERFORM 1 FROM receipt_series WHERE edition_id = edition AND kind = what FOR UPDATE;
        SELECT number INTO n FROM receipt_paper WHERE fiscal_id = fiscal;
        IF FOUND THEN RETURN n; END IF;
        UPDATE receipt_series SET last = last + 1 WHERE edition_id = edition AND kind = what RETURNING last INTO n;
        INSERT INTO receipt_paper (fiscal_id, order_id, edition_id, kind, number, content)
        VALUES (fiscal, of_order, edition, what, n, says);
        RETURN n;
      END $$;

      -- A number of the register's own, while its operator does not answer; the same receipt keeps its number.
      CREATE FUNCTION number_offline(fiscal uuid, of_register text) RETURNS bigint LANGUAGE plpgsql AS $$
      DECLARE n bigint;
      BEGIN
        PERFORM 1 FROM fiscal_register WHERE id = of_register FOR UPDATE;
        SELECT offline_number INTO n FROM fiscal_receipt WHERE id = fiscal;
        IF n IS NOT NULL THEN RETURN n; END IF;
        UPDATE fiscal_register SET offline_last = offline_last + 1 WHERE id = of_register RETURNING offline_last INTO n;
        UPDATE fiscal_receipt SET offline_number = n, offline_at = clock_timestamp(), register = of_register WHERE id = fiscal;
        RETURN n;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('numbers of receipts that people hold are not taken back');
  }
}
