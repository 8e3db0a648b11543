import { Injectable } from '@nestjs/common';
import type { Pass, PassKind, PassKinds } from '#libs/contracts';
import { type LocalText, normaliseCode } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { noSuchPass, passKindUnknown, passNotLive, passUnknown } from './pass.refusals.js';
import { opens, type PassScope, type PassState } from './pass.rules.js';

interface KindRow {
  id: string;
  name: LocalText;
  scope: PassScope;
  aDay: number | null;
  price: string;
  currency: string;
  onSale: boolean;
}

interface PassRow {
  id: string;
  edition: string;
  kind: string;
  name: LocalText;
  scope: PassScope;
  aDay: number | null;
  state: PassState;
  code: string;
  left: number | null;
  used: { screening: string; order: string }[];
}

/** A pass as a basket uses it: the screenings of the basket that it opens. */
export interface UsablePass {
  id: string;
  name: LocalText;
  screenings: string[];
}

const SELECT = `
  SELECT p.id, p.edition_id AS edition, p.kind_id AS kind, p.name, p.scope, p.a_day AS "aDay", p.state, p.code,
         (SELECT capacity - used FROM usage_limit WHERE id = 'pass:' || p.id) AS left,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('screening', u.screening_id, 'order', u.order_id) ORDER BY s.starts_at), '[]')
            FROM pass_use u JOIN screening_copy s USING (screening_id)
           WHERE u.pass_id = p.id AND EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = u.order_id AND c.line_no = u.line_no)) AS used
    FROM pass p`;

@Injectable()
export class PassesQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
  ) {}

  /**
   * What these holder codes open of a basket; the database decides at checkout whether they still may.
   * @throws pass-unknown, pass-not-live
   */
  async usable(
    edition: string,
    codes: readonly string[],
    screenings: readonly ScreeningFacts[],
  ): Promise<UsablePass[]> {
    const wanted = codes.map(normaliseCode);
    const rows = await this.database.query<Pick<PassRow, 'id' | 'name' | 'scope' | 'state' | 'code'>>(
      'SELECT id, name, scope, state, code FROM pass WHERE code = ANY ($1) AND edition_id = $2',
      [wanted, edition],
    );
    return wanted.map((code) => {
      const row = rows.find((one) => one.code === code);
      if (!row) throw passUnknown();
      if (row.state !== 'live') throw passNotLive();
      const opened = screenings.filter(({ data }) =>
        opens(row.scope, { sectionId: data.sectionId, startsAt: new Date(data.startsAt), timezone: data.timezone }),
      );
      return { id: row.id, name: row.name, screenings: opened.map(({ data }) => data.screeningId) };
    });
  }

  /** Kinds that somebody wants to buy, each as often as it is named. @throws pass-kind-unknown */
  async toBuy(edition: string, ids: readonly string[]): Promise<PassKind[]> {
    const { kinds } = await this.kinds(edition);
    return ids.map((id) => {
      const kind = kinds.find((one) => one.id === id && one.onSale);
      if (!kind) throw passKindUnknown({ kind: id });
      return kind;
    });
  }

  async kinds(edition: string): Promise<PassKinds> {
    const rows = await this.database.query<KindRow>(
      `SELECT id, name, scope, a_day AS "aDay", price, currency, on_sale AS "onSale" FROM pass_kind
        WHERE edition_id = $1 ORDER BY position, id`,
      [edition],
    );
    const travel = await this.database.query<{ from: string; to: string; minutes: number }>(
      'SELECT from_venue AS from, to_venue AS to, minutes FROM travel_time WHERE edition_id = $1 ORDER BY 1, 2',
      [edition],
    );
    return {
      kinds: rows.map(({ price, currency, aDay, ...kind }) => ({
        ...kind,
        ...(aDay !== null && { aDay }),
        price: { amount: Number(price), currency },
      })),
      travel: {
        minutes: travel.find(({ from }) => from === '')?.minutes ?? 30,
        between: travel.filter(({ from }) => from !== ''),
      },
    };
  }

  async mine(caller: Caller): Promise<Pass[]> {
    const rows = await this.database.query<PassRow>(`${SELECT} WHERE p.person_id = $1 ORDER BY p.issued_at DESC`, [
      caller.id,
    ]);
    return Promise.all(rows.map((row) => this.shape(row)));
  }

  async one(id: string): Promise<Pass> {
    const [row] = await this.database.query<PassRow>(`${SELECT} WHERE p.id = $1`, [id]);
    if (!row) throw noSuchPass();
    return this.shape(row);
  }

  private async shape(row: PassRow): Promise<Pass> {
    const used = await Promise.all(
      row.used.map(async ({ screening, order }) => {
        const facts = await this.programme.screening(screening);
        if (!facts) throw new Error(`a pass was used at ${screening}, which the programme's copy lacks`);
        return { screeningId: screening, title: facts.data.title, startsAt: facts.data.startsAt, orderId: order };
      }),
    );
    const { id, edition: editionId, kind: kindId, name, scope, aDay, state, code, left } = row;
    return { id, editionId, kindId, name, scope, aDay, state, code, left, used };
  }
}
