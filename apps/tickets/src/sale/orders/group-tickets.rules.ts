import type { OrderRowLine, OrderRowTicket } from './orders.queries.js';

/** What one code on paper stands for: a ticket, or all the seats of a group at one screening. */
export interface TicketToShow {
  ticket: OrderRowTicket;
  /** The number in its code. */
  serial: string;
  line: OrderRowLine;
  row: string;
  seat: string;
  /** How many people it admits; absent for one. */
  places?: number;
}

/** @param codes the group's own code at each screening; null for an order without */
export function ticketsToShow(
  tickets: readonly OrderRowTicket[],
  lines: readonly OrderRowLine[],
  codes: readonly { screening: string; serial: string }[] | null,
): TicketToShow[] {
  const byNumber = new Map(lines.map((line) => [line.line, line]));
  const alone = (ticket: OrderRowTicket): TicketToShow => {
    const line = byNumber.get(ticket.line)!;
    return { ticket, serial: ticket.serial, line, row: line.row, seat: line.seat };
  };
  const shown: TicketToShow[] = [];
  for (const [screening, together] of Map.groupBy(tickets, (ticket) => byNumber.get(ticket.line)!.screening)) {
    const code = codes?.find((one) => one.screening === screening);
    const inGroup = code ? together.filter((ticket) => ticket.state !== 'ended' && ticket.holder === null) : [];
    if (code && inGroup.length > 0) shown.push(groupTicket(inGroup, code.serial, byNumber));
    shown.push(...together.filter((ticket) => !inGroup.includes(ticket)).map(alone));
  }
  return shown;
}

function groupTicket(
  tickets: readonly OrderRowTicket[],
  serial: string,
  lines: ReadonlyMap<number, OrderRowLine>,
): TicketToShow {
  const seats = tickets.map((ticket) => lines.get(ticket.line)!);
  const rows = [...Map.groupBy(seats, (line) => line.row)];
  return {
    ticket: tickets[0]!,
    serial,
    line: seats[0]!,
    row: rows.map(([row]) => row).join(', '),
    seat: rows.map(([, inRow]) => ranges(inRow.map((line) => line.seat))).join(' / '),
    places: tickets.length,
  };
}

/** "4–9, 12": numbers that follow each other as a range, the rest as they are. */
export function ranges(labels: readonly string[]): string {
  const sorted = [...labels].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const runs: string[][] = [];
  for (const label of sorted) {
    const run = runs.at(-1);
    if (run && Number(label) === Number(run.at(-1)) + 1) run.push(label);
    else runs.push([label]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(', '))).join(', ');
}
