import { PLAIN_RULES } from '../../sale/pricing/price.rules.js';
import { type ChangeableLine, exchangeSums, returnTerms, ticketTrouble } from './change.rules.js';

const START = new Date('2019-09-16T13:30:00Z');
const minutesBefore = (minutes: number) => new Date(START.getTime() - minutes * 60_000);
const RULES = {
  ...PLAIN_RULES,
  returns: { ...PLAIN_RULES.returns, untilMinutes: 180, feePercent: 10, feeAmount: 5_000, exchangeUntilMinutes: 60 },
};
const TICKET = { id: 't', state: 'live' as const, transferred: false, entered: false, underExchange: false };
const line = (changes: Partial<ChangeableLine> = {}): ChangeableLine => ({
  line: 1,
  amount: 250_000,
  startsAt: START,
  ticket: TICKET,
  freeUntil: null,
  ...changes,
});

describe('what a buyer may do with a ticket', () => {
  it.each([
    ['long before', 300, true, undefined, 30_000, true],
    ['in the last minute of the term', 180.5, true, undefined, 30_000, true],
    ['once the term is over: exchange only', 180, false, 'change-too-late', 30_000, true],
    ['when nothing is offered any more', 60, false, 'change-too-late', 30_000, false],
  ])('%s', (_, minutes, allowed, why, fee, exchange) => {
    const terms = returnTerms(line(), true, RULES, minutesBefore(minutes));
    expect([terms.allowed, terms.why, terms.fee, terms.exchangeUntil !== null]).toEqual([allowed, why, fee, exchange]);
    expect(terms.refund).toBe(250_000 - fee);
  });

  it('gives back without a fee and until the old start after a big move', () => {
    const terms = returnTerms(line({ freeUntil: START }), true, RULES, minutesBefore(1));
    expect([terms.allowed, terms.fee, terms.refund, terms.until]).toEqual([true, 0, 250_000, START]);
  });

  it('asks the usual fee again once that right is over', () => {
    const moved = line({ freeUntil: minutesBefore(400) });
    expect(returnTerms(moved, true, RULES, minutesBefore(300)).fee).toBe(30_000);
  });

  it('takes nothing back where the edition does not offer it', () => {
    const never = { ...RULES, returns: { ...RULES.returns, untilMinutes: null } };
    expect(returnTerms(line(), true, never, minutesBefore(9_999)).why).toBe('change-not-offered');
  });

  it.each([
    ['order-not-paid', TICKET, false],
    ['ticket-ended', { ...TICKET, state: 'ended' as const }, true],
    ['ticket-ended', { ...TICKET, state: 'suspended' as const }, true],
    ['ticket-ended', null, true],
    ['ticket-transferred', { ...TICKET, transferred: true }, true],
    ['ticket-entered', { ...TICKET, entered: true }, true],
    ['ticket-under-exchange', { ...TICKET, underExchange: true }, true],
    [undefined, TICKET, true],
  ])('says %s', (why, ticket, paid) => {
    expect(ticketTrouble({ ticket }, paid)).toBe(why);
  });
});

describe('an exchange', () => {
  it.each([
    ['dearer', 200_000, 300_000, 0, { used: 200_000, total: 100_000, surplus: 0 }],
    ['equal', 200_000, 200_000, 0, { used: 200_000, total: 0, surplus: 0 }],
    ['cheaper', 200_000, 150_000, 0, { used: 150_000, total: 0, surplus: 50_000 }],
    [
      'cheaper, with a fee out of the difference',
      200_000,
      150_000,
      20_000,
      { used: 170_000, total: 0, surplus: 30_000 },
    ],
    ['free for free', 0, 0, 0, { used: 0, total: 0, surplus: 0 }],
  ])('to a %s seat', (_, credit, seats, fees, sums) => {
    expect(exchangeSums(credit, seats, fees)).toEqual(sums);
  });
});
