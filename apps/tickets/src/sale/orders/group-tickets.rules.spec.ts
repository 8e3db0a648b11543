import { ranges, ticketsToShow } from './group-tickets.rules.js';
import type { OrderRowLine, OrderRowTicket } from './orders.queries.js';

const line = (number: number, row: string, seat: string, screening = 'gala') =>
  ({ line: number, row, seat, screening }) as OrderRowLine;
const ticket = (number: number, changes: Partial<OrderRowTicket> = {}): OrderRowTicket => ({
  id: `t${number}`,
  line: number,
  serial: `s${number}`,
  state: 'live',
  endedAs: null,
  holder: null,
  ...changes,
});

describe('tickets on paper', () => {
  it.each([
    [['1', '2', '3'], '1–3'],
    [['3', '1', '2', '7'], '1–3, 7'],
    [['1', '2'], '1, 2'],
    [['12'], '12'],
    [['A', '4'], '4, A'],
  ])('names seats %j as %s', (labels, text) => {
    expect(ranges(labels)).toBe(text);
  });

  it('are one each without a code of the group', () => {
    const shown = ticketsToShow([ticket(1), ticket(2)], [line(1, 'A', '1'), line(2, 'A', '2')], null);
    expect(shown.map((one) => [one.serial, one.seat, one.places])).toEqual([
      ['s1', '1', undefined],
      ['s2', '2', undefined],
    ]);
  });

  it('are one for the whole group at each screening; what ended or went to somebody stands alone', () => {
    const lines = [
      line(1, 'A', '1'),
      line(2, 'A', '2'),
      line(3, 'A', '3'),
      line(4, 'B', '7'),
      line(5, 'A', '1', 'late'),
    ];
    const tickets = [1, 2, 3, 5].map((n) => ticket(n)).concat(ticket(4, { state: 'ended', endedAs: 'refunded' }));
    const shown = ticketsToShow(tickets, lines, [{ screening: 'gala', serial: 'group' }]);
    expect(shown.map((one) => [one.serial, one.row, one.seat, one.places])).toEqual([
      ['group', 'A', '1–3', 3],
      ['s4', 'B', '7', undefined],
      ['s5', 'A', '1', undefined],
    ]);
  });
});
