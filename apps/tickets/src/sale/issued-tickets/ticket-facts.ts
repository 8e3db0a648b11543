import { Inject, Injectable } from '@nestjs/common';
import type { IssuedTicket, Order, PriceRules } from '#libs/contracts';
import { type LocalText, venueTime } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { isGeneralAdmission } from '../../inventory/holds/hold.rules.js';
import type { OrderFacts, TicketFacts } from './ticket-paper.rules.js';

interface Edition {
  name: LocalText;
  from: string;
  to: string;
  rules: PriceRules | null;
  /** Whether paid seats that nobody took go to the rush line when late entry ends. */
  releasesPaid: boolean;
}

/** How long an edition's name and its rules of return may be remembered. */
const KEPT_MS = 30_000;

/** Gathers what a ticket says on paper, in a calendar and in a wallet. */
@Injectable()
export class TicketFactsReader {
  private readonly editions = new Map<string, { edition: Edition | undefined; at: number }>();

  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /** The tickets of this order's own holder that still open a door. */
  living(order: Order): IssuedTicket[] {
    return order.tickets.filter((ticket) => ticket.state === 'live' && !ticket.transferred);
  }

  async screening(id: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(id);
    if (!facts) throw new Error(`a ticket names the screening ${id}, which the programme's copy lacks`);
    return facts;
  }

  async ticket(order: Order, ticket: IssuedTicket): Promise<TicketFacts> {
    const screening = await this.screening(ticket.screeningId);
    const { data } = screening;
    const edition = await this.edition(data.editionId);
    const lines = linesOf(order, ticket);
    const sum = (amounts: number[]) => ({
      amount: amounts.reduce((all, one) => all + one, 0),
      currency: ticket.price.currency,
    });
    const startsAt = new Date(data.startsAt);
    const until = edition?.rules?.returns.untilMinutes;
    return {
      title: data.title,
      startsAt,
      endsAt: new Date(data.endsAt),
      doorsOpenAt: new Date(data.doorsOpenAt),
      lateEntryUntil: new Date(data.lateEntryUntil),
      timezone: data.timezone,
      venue: data.venue.name,
      hall: data.hall.name,
      row: ticket.row,
      seat: ticket.seat,
      general: isGeneralAdmission(screening),
      places: ticket.places ?? 1,
      ageRating: data.ageRating,
      guardianNote: data.guardianNote ?? null,
      kind: kindName(edition?.rules ?? null, ticket.kind),
      price: lines.length > 0 ? sum(lines.map((line) => line.price.amount)) : ticket.price,
      listPrice: lines.length > 0 ? sum(lines.map((line) => line.listPrice.amount)) : ticket.price,
      reasons: [
        ...(lines[0]?.reasons ?? [])
          .filter((reason) => reason.change !== 0 && TOLD.has(reason.rule))
          .map(({ text }) => text),
        ...(ticket.proof ? [ticket.proof] : []),
        ...(edition?.releasesPaid ? [releaseRule(new Date(data.lateEntryUntil), data.timezone)] : []),
      ],
      refundUntil: until === null || until === undefined ? null : new Date(startsAt.getTime() - until * 60_000),
      admissionCode: ticket.admissionCode,
      shortCode: ticket.shortCode,
      live: ticket.state === 'live',
      poster: data.poster ?? {
        id: data.filmIds[0] ?? data.screeningId,
        salt: data.editionId,
        family: data.filmIds.length > 0 ? 'cut' : 'beam',
        countries: null,
        minutes: Math.min(110, Math.round((Date.parse(data.endsAt) - startsAt.getTime()) / 60_000)),
      },
    };
  }

  async order(order: Order): Promise<OrderFacts> {
    const first = order.lines[0];
    const edition = first && (await this.edition((await this.screening(first.screeningId)).data.editionId));
    return {
      number: order.number,
      language: order.language,
      festival: edition?.name ?? null,
      days: edition ? { from: edition.from, to: edition.to } : null,
      link: this.link(order),
    };
  }

  /** Opens the order without signing in: whoever has it has the tickets. */
  link(order: Order): string {
    return `${this.settings.PUBLIC_URL}/orders/${order.id}?key=${order.key}`;
  }

  private async edition(id: string): Promise<Edition | undefined> {
    const known = this.editions.get(id);
    if (known && Date.now() - known.at < KEPT_MS) return known.edition;
    const [edition] = await this.database.hot<Edition>(
      'ticket-edition',
      `SELECT e.name, e.date_from AS from, e.date_to AS to, r.rules,
              coalesce((SELECT (x.rules->>'paidSeats')::boolean FROM rush_rules x WHERE x.edition_id = e.edition_id), false) AS "releasesPaid"
         FROM edition_copy e LEFT JOIN price_rules r USING (edition_id) WHERE e.edition_id = $1`,
      [id],
    );
    this.editions.set(id, { edition, at: Date.now() });
    return edition;
  }
}

/** Where an edition gives paid seats away, the ticket says from when on. */
function releaseRule(lateEntryUntil: Date, zone: string): LocalText {
  const time = venueTime(lateEntryUntil, zone);
  return {
    kk: `Келмегендердің орны ${time} кейін кезектегілерге беріледі`,
    ru: `После ${time} незанятое место отдают очереди у входа`,
    en: `After ${time} a seat that nobody took goes to the rush line`,
  };
}

/**
 * The lines that a ticket stands for: all living ones of its screening for a group's code, else its own. Places without a
 * number share one row and one seat: there the kind and the price tell lines apart.
 */
function linesOf(order: Order, ticket: IssuedTicket): Order['lines'] {
  const here = order.lines.filter((line) => line.screeningId === ticket.screeningId);
  if (ticket.places !== undefined) return here.filter((line) => line.endedAs === undefined).slice(0, ticket.places);
  const own = here.find(
    (line) =>
      line.row === ticket.row &&
      line.seat === ticket.seat &&
      line.kind === ticket.kind &&
      line.price.amount === ticket.price.amount,
  );
  return own ? [own] : [];
}

/** What changed the price by a decision; rounding and the category explain nothing at the door. */
const TOLD: ReadonlySet<string> = new Set(['companion', 'free', 'pass', 'concession', 'group', 'promo']);

function kindName(rules: PriceRules | null, kind: string): LocalText | null {
  return rules?.concessions.find((concession) => concession.id === kind)?.name ?? null;
}
