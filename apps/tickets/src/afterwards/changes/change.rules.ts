import type { PriceRules } from '#libs/contracts';
import { returnFee, untilOf } from '../../sale/pricing/price.rules.js';

/** What decides whether a line of an order may be given back, exchanged or passed on. */
export interface ChangeableLine {
  line: number;
  /** Minor units that were paid for it. */
  amount: number;
  startsAt: Date;
  ticket: {
    id: string;
    state: 'live' | 'suspended' | 'ended';
    transferred: boolean;
    entered: boolean;
    underExchange: boolean;
  } | null;
  /** A moved screening may be given back without a fee until then; null without such a right. */
  freeUntil: Date | null;
}

/** Each is the code of the refusal that a try would get. */
export type ChangeNo =
  | 'order-not-paid'
  | 'ticket-ended'
  | 'ticket-transferred'
  | 'ticket-entered'
  | 'ticket-under-exchange'
  | 'change-too-late'
  | 'change-not-offered';

export interface LineTerms {
  line: number;
  allowed: boolean;
  why?: ChangeNo;
  until: Date | null;
  fee: number;
  refund: number;
  exchangeUntil: Date | null;
}

/** What holds for every change of a ticket, whatever the hour. */
export function ticketTrouble(line: Pick<ChangeableLine, 'ticket'>, paid: boolean): ChangeNo | undefined {
  if (!paid) return 'order-not-paid';
  if (line.ticket?.state !== 'live') return 'ticket-ended';
  if (line.ticket.transferred) return 'ticket-transferred';
  if (line.ticket.entered) return 'ticket-entered';
  return line.ticket.underExchange ? 'ticket-under-exchange' : undefined;
}

/** Whether it is still time. @param at festival time @param until null when it is never offered */
export function hourTrouble(until: Date | null, at: Date): ChangeNo | undefined {
  if (until === null) return 'change-not-offered';
  return at < until ? undefined : 'change-too-late';
}

/** The later of the edition's own rule and the right that a move of the screening gave. */
function latest(rule: Date | null, free: Date | null): Date | null {
  if (rule && free) return rule > free ? rule : free;
  return rule ?? free;
}

/** What giving this line back would bring now, in minor units. @param at festival time */
export function returnTerms(line: ChangeableLine, paid: boolean, rules: PriceRules, at: Date): LineTerms {
  const free = line.freeUntil !== null && at < line.freeUntil;
  const until = latest(untilOf(line.startsAt, rules.returns.untilMinutes), line.freeUntil);
  const why = ticketTrouble(line, paid) ?? hourTrouble(until, at);
  const fee = free ? 0 : returnFee(line.amount, rules.returns, rules.rounding);
  const exchangeUntil = latest(untilOf(line.startsAt, rules.returns.exchangeUntilMinutes), line.freeUntil);
  return {
    line: line.line,
    allowed: !why,
    ...(why && { why }),
    until,
    fee,
    refund: line.amount - fee,
    exchangeUntil: ticketTrouble(line, paid) || hourTrouble(exchangeUntil, at) ? null : exchangeUntil,
  };
}

/** How much of old tickets' value a new order uses, and what is left over for the buyer; minor units. */
export function exchangeSums(credit: number, newLines: number, fees: number) {
  const due = newLines + fees;
  const used = Math.min(credit, due);
  return { used, total: due - used, surplus: credit - used };
}
