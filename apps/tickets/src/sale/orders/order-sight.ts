import type { Caller } from '#libs/service-defaults';
import { isOrderKey, isTicketKey } from './order.rules.js';
import type { OrderRow } from './orders.queries.js';

/** `whole` for the buyer; `tickets` for whom tickets of it were given to: those, and nothing of the rest. */
export type Sight = { of: 'whole' } | { of: 'tickets'; ids: string[] } | undefined;

/** What of an order this caller may see: by who they are or by the key in their link. */
export function sightOf(row: OrderRow, caller: Caller, key: string | undefined, secret: string): Sight {
  if (key !== undefined && isOrderKey(row.id, key, secret)) return { of: 'whole' };
  if (caller.kind !== 'nobody' && (row.buyer === caller.id || row.person === caller.id)) return { of: 'whole' };
  const ids = (row.tickets ?? [])
    .filter((ticket) => ticket.holder !== null)
    .filter((ticket) => ticket.holder === caller.id || (key !== undefined && isTicketKey(ticket.id, key, secret)))
    .map((ticket) => ticket.id);
  return ids.length > 0 ? { of: 'tickets', ids } : undefined;
}

/** The order as the holder of some of its tickets sees it: their seats alone, and the codes with them. */
export function seenByHolder(row: OrderRow, ids: readonly string[]): OrderRow {
  const tickets = (row.tickets ?? [])
    .filter((ticket) => ids.includes(ticket.id))
    .map((ticket) => ({ ...ticket, holder: null }));
  const lines = (row.lines ?? []).filter((line) => tickets.some((ticket) => ticket.line === line.line));
  return {
    ...row,
    tickets,
    lines,
    items: null,
    promo: null,
    refund: null,
    total: String(lines.reduce((sum, line) => sum + line.amount, 0)),
  };
}
