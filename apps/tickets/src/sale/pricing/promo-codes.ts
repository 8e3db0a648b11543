import { Injectable } from '@nestjs/common';
import type { MakePromoCode, PromoCode, PromoCodeData } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database, sqlState, type Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { PriceRulesQueries } from './price-rules.queries.js';
import { promoCodeTaken, promoUnknown, rulesContradict } from './pricing.refusals.js';
import { budgetLimit, foldedCode, usesLimit, wrongUnlocks } from './promo-code.rules.js';

const UNIQUE_VIOLATION = '23505';
/** Stands for "as many as there are": a limit that is counted all the same, so that reports can tell the uses. */
const UNLIMITED = 2_000_000_000;

const VIEW = `
  SELECT p.id, p.code, p.version, p.data, coalesce(u.used, 0) AS used, coalesce(b.used, 0) AS spent
    FROM promo_code p LEFT JOIN usage_limit u ON u.id = 'promo:' || p.id LEFT JOIN usage_limit b ON b.id = 'promo-budget:' || p.id`;

/** Promo codes of an edition and the counted limits behind them. */
@Injectable()
export class PromoCodes {
  constructor(
    private readonly database: Database,
    private readonly rules: PriceRulesQueries,
  ) {}

  list(edition: string): Promise<PromoCode[]> {
    return this.database.query<PromoCode>(`${VIEW} WHERE p.edition_id = $1 ORDER BY p.code`, [edition]);
  }

  /** The code as somebody typed it. One round trip, on the way of every checkout that names one. */
  async byCode(edition: string, code: string): Promise<{ id: string; data: PromoCodeData } | undefined> {
    const [row] = await this.database.hot<{ id: string; data: PromoCodeData }>(
      'promo-code',
      'SELECT id, data FROM promo_code WHERE edition_id = $1 AND code = $2',
      [edition, foldedCode(code)],
    );
    return row;
  }

  /** @throws promo-code-taken, price-rules-contradict */
  async make(tx: Tx, edition: string, actor: string, body: MakePromoCode): Promise<PromoCode> {
    await this.check(edition, body.data);
    const id = newId();
    const code = foldedCode(body.code);
    try {
      await tx.query('INSERT INTO promo_code (id, edition_id, code, data) VALUES ($1, $2, $3, $4)', [
        id,
        edition,
        code,
        JSON.stringify(body.data),
      ]);
    } catch (error) {
      throw sqlState(error) === UNIQUE_VIOLATION ? promoCodeTaken({ code }, { cause: error }) : error;
    }
    await this.limit(tx, id, body.data);
    await this.note(tx, actor, 'promo-code.made', id);
    return { id, code, version: 1, data: body.data, used: 0, spent: 0 };
  }

  /** @param version the one that the person saw @throws changed-meanwhile, promo-unknown, price-rules-contradict */
  async change(id: string, version: number, actor: string, data: PromoCodeData): Promise<PromoCode> {
    return this.database.transaction(async (tx) => {
      const [found] = await tx.query<{ edition: string; version: number }[]>(
        'SELECT edition_id AS edition, version FROM promo_code WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (!found) throw promoUnknown();
      if (found.version !== version) throw changedMeanwhile({ version: found.version });
      await this.check(found.edition, data);
      await tx.query('UPDATE promo_code SET data = $2, version = version + 1 WHERE id = $1', [
        id,
        JSON.stringify(data),
      ]);
      await this.limit(tx, id, data);
      await this.note(tx, actor, 'promo-code.changed', id);
      const [row] = await tx.query<PromoCode[]>(`${VIEW} WHERE p.id = $1`, [id]);
      return row!;
    });
  }

  private async check(edition: string, data: PromoCodeData): Promise<void> {
    const { rules } = await this.rules.load(edition);
    const unknown = wrongUnlocks(data, rules);
    if (unknown.length > 0) throw rulesContradict({ field: 'data/unlocks', kinds: unknown });
    if (!data.discount && !data.unlocks) throw rulesContradict({ field: 'data/discount', why: 'does-nothing' });
    if (data.validFrom && data.validUntil && data.validFrom >= data.validUntil)
      throw rulesContradict({ field: 'data/validUntil', why: 'ends-before-it-begins' });
  }

  /** A limit lowered under its uses stands where it is: what was sold stays sold, and nothing more is. */
  private async limit(tx: Tx, id: string, data: PromoCodeData): Promise<void> {
    for (const [limit, capacity] of [
      [usesLimit(id), data.maxUses ?? UNLIMITED],
      [budgetLimit(id), data.budget ?? UNLIMITED],
    ] as const)
      await tx.query(
        `INSERT INTO usage_limit (id, capacity) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET capacity = greatest(excluded.capacity, usage_limit.used)`,
        [limit, capacity],
      );
  }

  private async note(tx: Tx, actor: string, action: string, subject: string): Promise<void> {
    await tx.query('INSERT INTO audit_entry (actor, action, subject) VALUES ($1, $2, $3)', [actor, action, subject]);
  }
}
