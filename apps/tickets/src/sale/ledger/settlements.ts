import { Injectable } from '@nestjs/common';
import type { CorrectLedger, LedgerEntry, SettlementDay } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { accountsEqual, dayMalformed, ledgerOrderUnknown } from './ledger.refusals.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What each provider owes for each day, and the days that are closed and stand. */
@Injectable()
export class Settlements {
  constructor(private readonly database: Database) {}

  /** Days of an edition's own clock, the open ones as the books say now. @param from "2019-09-14", included; so is `to` */
  async list(edition: string, from: string, to: string): Promise<SettlementDay[]> {
    if (!DAY.test(from) || !DAY.test(to)) throw dayMalformed();
    return this.database.query<SettlementDay>(
      `WITH zone AS (SELECT coalesce((SELECT timezone FROM edition_copy WHERE edition_id = $1), 'UTC') AS tz),
            entries AS (
              SELECT substr(account, 10) AS provider, (at AT TIME ZONE tz)::date AS day, amount, reason, currency
                FROM ledger_entry, zone
               WHERE account LIKE 'provider:%' AND at >= $2::date::timestamp AT TIME ZONE tz
                 AND at < ($3::date + 1)::timestamp AT TIME ZONE tz)
       SELECT e.provider, to_char(e.day, 'YYYY-MM-DD') AS day, min(e.currency) AS currency, count(*)::int AS entries,
              coalesce(sum(e.amount) FILTER (WHERE e.reason LIKE 'captured%'), 0)::float8 AS captured,
              coalesce(-sum(e.amount) FILTER (WHERE e.reason = 'refunded'), 0)::float8 AS refunded,
              coalesce(-sum(e.amount) FILTER (WHERE e.reason IN ('charged back', 'chargeback won')), 0)::float8 AS "chargedBack",
              d.closed_at AS "closedAt", d.digest
         FROM entries e LEFT JOIN settlement_day d ON d.provider = e.provider AND d.day = e.day
        GROUP BY e.provider, e.day, d.closed_at, d.digest ORDER BY e.day, e.provider`,
      [edition, from, to],
    );
  }

  /** Closing a day twice changes nothing. @throws day-not-over, day-malformed */
  async close(tx: Tx, edition: string, provider: string, day: string, actor: string): Promise<SettlementDay> {
    if (!DAY.test(day)) throw dayMalformed();
    const [zone] = await tx.query<{ timezone: string }[]>('SELECT timezone FROM edition_copy WHERE edition_id = $1', [
      edition,
    ]);
    const row = await callFunction<Closed>(tx, `to_jsonb(close_settlement_day($1, $2::date, $3, $4))`, [
      provider,
      day,
      zone?.timezone ?? 'UTC',
      actor,
    ]);
    await tx.query(`INSERT INTO audit_entry (actor, action, subject) VALUES ($1, 'settlement-day.closed', $2)`, [
      actor,
      `${provider} ${day}`,
    ]);
    const { captured, refunded, charged_back: chargedBack, entries, digest, closed_at: closedAt } = row;
    return { provider, day, currency: 'KZT', captured, refunded, chargedBack, entries, digest, closedAt };
  }

  entries(order: string): Promise<LedgerEntry[]> {
    return this.database.query<LedgerEntry>(
      `SELECT posting, account, amount::float8 AS amount, currency, reason, at FROM ledger_entry WHERE order_id = $1 ORDER BY id`,
      [order],
    );
  }

  /** What was booked stays; a correction is a posting of its own, today. @throws correction-goes-nowhere, ledger-order-unknown */
  async correct(tx: Tx, order: string, actor: string, body: CorrectLedger): Promise<{ posting: string }> {
    if (body.from === body.to) throw accountsEqual();
    const [found] = await tx.query<{ currency: string }[]>('SELECT currency FROM orders WHERE id = $1 FOR UPDATE', [
      order,
    ]);
    if (!found) throw ledgerOrderUnknown();
    const posting = await callFunction<string>(tx, 'post_ledger($1, $2, $3, $4)', [
      order,
      `correction: ${body.reason}`,
      found.currency,
      { [body.to]: body.amount, [body.from]: -body.amount },
    ]);
    await tx.query(`INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'ledger.corrected', $2, $3)`, [
      actor,
      order,
      JSON.stringify({ posting }),
    ]);
    return { posting };
  }
}

interface Closed {
  captured: number;
  refunded: number;
  charged_back: number;
  entries: number;
  digest: string;
  closed_at: string;
}
