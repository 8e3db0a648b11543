import type { CounterSaleState } from '#libs/contracts';
import { afterwards, mayLeave, NO_SALE, type SaleEvent, type SaleStanding, type SaleStep, settles } from './sale.rules';

const STEPS: SaleStep[] = [
  ...(['idle', 'picking', 'cash', 'paying', 'terminal', 'unknown', 'declined', 'done', 'printing'] as const),
  'returning',
];
const STATES: CounterSaleState[] = ['paying', 'unknown', 'declined', 'done', 'given-up', 'voided', 'returning'];
const told = (state: CounterSaleState): SaleEvent => ({ type: 'told', state });
const TYPES = [
  'held',
  'emptied',
  'tender',
  'back',
  'sent',
  'refused',
  'unanswered',
  'print',
  'printed',
  'left',
] as const;
const EVENTS: SaleEvent[] = [...TYPES.map((type) => ({ type })), ...STATES.map(told)];
const STANDINGS: SaleStanding[] = STEPS.flatMap((step) => [
  { step, ordered: false },
  { step, ordered: true },
]);
const walk = (...events: (SaleEvent | (typeof TYPES)[number])[]) =>
  events
    .map((event) => (typeof event === 'string' ? { type: event } : event))
    .reduce<SaleStanding>((now, event) => afterwards(now, event as SaleEvent), NO_SALE);

describe('a sale on the screen', () => {
  it('goes from seats over cash to papers, and then nothing is left of it', () => {
    expect(walk('held', 'tender', 'sent', told('done')).step).toBe('done');
    expect(walk('held', 'tender', 'sent', told('done'), 'print').step).toBe('printing');
    expect(walk('held', 'sent', told('done'), 'printed')).toEqual(NO_SALE);
  });

  it('is done only because the service said so', () => {
    for (const standing of STANDINGS.filter(({ step }) => step !== 'done' && step !== 'printing'))
      for (const event of EVENTS)
        if (['done', 'printing'].includes(afterwards(standing, event).step)) expect(event).toEqual(told('done'));
  });

  it('keeps an unanswered sale until the service says how it stands', () => {
    const unknown = walk('held', 'sent', 'unanswered');
    expect(unknown.step).toBe('unknown');
    for (const type of TYPES.filter((one) => one !== 'refused')) expect(afterwards(unknown, { type })).toEqual(unknown);
    expect(afterwards(unknown, { type: 'refused' }).step).toBe('picking');
    expect(afterwards(unknown, told('done')).step).toBe('done');
    expect(afterwards(unknown, told('declined')).step).toBe('declined');
    expect(afterwards(unknown, told('unknown')).step).toBe('unknown');
    expect(afterwards(unknown, told('given-up'))).toEqual(NO_SALE);
  });

  it('keeps the order of a declined card for another way to pay', () => {
    expect(walk('held', 'sent', told('paying'), told('declined'))).toEqual({ step: 'declined', ordered: true });
    expect(walk('held', 'sent', told('declined'), 'tender', 'back').step).toBe('declined');
    expect(walk('held', 'sent', told('declined'), 'tender', 'sent', told('done')).step).toBe('done');
    expect(walk('held', 'sent', told('declined'), 'sent', 'refused').step).toBe('declined');
    expect(walk('held', 'sent', told('declined'), 'tender', 'emptied').step).toBe('cash');
  });

  it('gives the seats back to picking where the service refused the sale', () => {
    expect(walk('held', 'tender', 'sent', 'refused')).toEqual({ step: 'picking', ordered: false });
    expect(walk('held', 'tender', 'back').step).toBe('picking');
    expect(walk('held', 'tender', 'emptied')).toEqual(NO_SALE);
  });

  it('lets nothing else begin while money may have been taken', () => {
    const held = STEPS.filter((step) => !mayLeave({ step, ordered: true }));
    expect(held).toEqual(['paying', 'terminal', 'unknown', 'declined']);
    for (const step of ['paying', 'terminal', 'unknown'] as const)
      for (const type of ['held', 'emptied', 'tender', 'back', 'sent', 'printed', 'left'] as const)
        expect(afterwards({ step, ordered: true }, { type }).step).toBe(step);
  });

  it('does not fall back to an earlier step by a late word', () => {
    for (const step of ['idle', 'picking', 'done', 'printing'] as const)
      for (const state of STATES) expect(afterwards({ step, ordered: false }, told(state)).step).toBe(step);
  });

  it('takes no other answer for a refusal of the sale', () => {
    const refusal = { status: 409, code: 'seats-taken' };
    expect([settles(refusal, false), settles(refusal, true)]).toEqual([true, true]);
    expect(settles(undefined, false)).toBe(false);
    expect(settles({ status: 503, code: 'part-unavailable' }, false)).toBe(false);
    expect(settles({ status: 409, code: 'request-in-flight' }, true)).toBe(false);
    for (const status of [401, 403, 429]) {
      expect(settles({ status, code: 'any' }, false)).toBe(true);
      expect(settles({ status, code: 'any' }, true)).toBe(false);
    }
  });
});
