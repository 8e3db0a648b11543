import type { CounterSale } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

export interface SaleIntent {
  /** The order's id, before there is the order. */
  id: string;
  print: string;
  shift: string;
  by: CounterSale['by'];
  reason?: string | undefined;
  approval?: string | undefined;
  name?: string | undefined;
  phone?: string | undefined;
  /** Of an exchange: minor units to whose multiple cash that goes back is rounded. */
  cashStep?: number;
}

/** The row of a sale. What was only intended may still change; what has an order stays as it was. */
export async function intendSale(tx: Tx, sale: SaleIntent): Promise<void> {
  await tx.query(
    `INSERT INTO counter_sale (order_id, shift_id, fingerprint, paid_by, reason, approval_id, buyer_name, buyer_phone, cash_step)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (order_id) DO UPDATE SET fingerprint = excluded.fingerprint, paid_by = excluded.paid_by, reason = excluded.reason,
       approval_id = excluded.approval_id, buyer_name = excluded.buyer_name, buyer_phone = excluded.buyer_phone,
       cash_step = excluded.cash_step
       WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = excluded.order_id)`,
    [
      sale.id,
      sale.shift,
      sale.print,
      sale.by,
      sale.reason ?? null,
      sale.approval ?? null,
      sale.name ?? null,
      sale.phone ?? null,
      sale.cashStep ?? null,
    ],
  );
}
