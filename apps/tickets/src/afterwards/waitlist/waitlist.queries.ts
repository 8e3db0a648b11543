import { Inject, Injectable } from '@nestjs/common';
import type { WaitlistEntry } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { whereAndWhen } from '../../copies/programme-copy/where-and-when.js';
import { seatPrice } from '../../inventory/holds/hold.rules.js';
import type { TicketsSettings } from '../../settings.js';
import { isOfferKey, offerKey } from './offer-key.js';
import { offerUnknown, waitlistUnknown } from './waitlist.refusals.js';

export interface EntryRow {
  id: string;
  edition: string;
  screening: string;
  person: string;
  buyer: string;
  language: string;
  seats: number;
  state: WaitlistEntry['state'];
  ahead: string;
  offer: string | null;
  until: Date | null;
  claims: string[];
}

const SELECT = `
  SELECT e.id, e.edition_id AS edition, e.screening_id AS screening, e.person_id AS person, e.buyer, e.language, e.seats, e.state,
         (SELECT count(*) FROM waitlist_entry a WHERE a.screening_id = e.screening_id AND a.state = 'waiting' AND a.place < e.place) AS ahead,
         o.id AS offer, o.until, ARRAY(SELECT seat_id FROM seat_claim c WHERE c.owner_id = o.id ORDER BY line_no) AS claims
    FROM waitlist_entry e LEFT JOIN waitlist_offer o ON o.entry_id = e.id AND o.state = 'open'`;

type TellableEntry = Pick<EntryRow, 'id' | 'edition' | 'person' | 'language' | 'screening'>;

/** The same without asking anybody, for whoever has a transaction open. */
export function tellEntry(row: Omit<TellableEntry, 'screening'>, facts: ScreeningFacts) {
  return {
    entryId: row.id,
    editionId: row.edition,
    personId: row.person,
    language: row.language,
    ...whereAndWhen(facts),
  };
}

@Injectable()
export class WaitlistQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  async mine(caller: Caller): Promise<WaitlistEntry[]> {
    const rows = await this.database.query<EntryRow>(
      `${SELECT} WHERE e.person_id = $1 OR e.buyer = $1 ORDER BY e.joined_at DESC LIMIT 100`,
      [caller.id],
    );
    return Promise.all(rows.map((row) => this.shape(row)));
  }

  /** An entry of the caller's own; another's is as unknown as none. */
  async own(caller: Caller, id: string): Promise<EntryRow> {
    const row = await this.entry(id);
    if (!row || (row.person !== caller.id && row.buyer !== caller.id)) throw waitlistUnknown();
    return row;
  }

  async view(id: string): Promise<WaitlistEntry> {
    const row = await this.entry(id);
    if (!row) throw waitlistUnknown();
    return this.shape(row);
  }

  /** The entry of an offer, for whoever waits or has the key of the mailed link; also when the offer is over. */
  async byOffer(caller: Caller, offer: string, key: string | undefined): Promise<EntryRow> {
    const [known] = await this.database.query<{ entry: string }>(
      'SELECT entry_id AS entry FROM waitlist_offer WHERE id = $1',
      [offer],
    );
    const row = known && (await this.entry(known.entry));
    const own =
      row &&
      ((key !== undefined && isOfferKey(offer, key, this.settings.TOKEN_SECRET)) ||
        (caller.kind !== 'nobody' && (row.person === caller.id || row.buyer === caller.id)));
    if (!own) throw offerUnknown();
    return row;
  }

  /** Where an offer is taken; part of a mail, never of an event. */
  async link(offer: string): Promise<string> {
    const rows = await this.database.query('SELECT 1 FROM waitlist_offer WHERE id = $1', [offer]);
    if (rows.length === 0) throw offerUnknown();
    return `${this.settings.PUBLIC_URL}/offers/${offer}?key=${offerKey(offer, this.settings.TOKEN_SECRET)}`;
  }

  /** The data of an entry's events. */
  async telling(row: TellableEntry) {
    return tellEntry(row, await this.facts(row.screening));
  }

  async shape(row: EntryRow): Promise<WaitlistEntry> {
    const facts = await this.facts(row.screening);
    return {
      id: row.id,
      ...whereAndWhen(facts),
      seats: row.seats,
      state: row.state,
      ahead: row.state === 'waiting' ? Number(row.ahead) : 0,
      offer:
        row.offer && row.until
          ? { id: row.offer, until: row.until.toISOString(), seats: offeredSeats(facts, row.claims) }
          : null,
    };
  }

  async facts(screening: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw new Error(`a waitlist names the screening ${screening}, which the programme's copy lacks`);
    return facts;
  }

  private async entry(id: string): Promise<EntryRow | undefined> {
    const [row] = await this.database.query<EntryRow>(`${SELECT} WHERE e.id = $1`, [id]);
    return row;
  }
}

function offeredSeats(facts: ScreeningFacts, ids: readonly string[]) {
  return ids
    .flatMap((id) => facts.seatById.get(id) ?? [])
    .map((seat) => ({
      id: seat.id,
      row: seat.row,
      number: seat.number,
      price: { amount: seatPrice(facts, seat), currency: facts.currency },
    }));
}
