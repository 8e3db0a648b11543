import { afterwards, mayLeave, type SaleEvent, type SaleStep } from './sale.rules';

const STEPS: SaleStep[] = ['idle', 'picking', 'cash', 'paying', 'terminal', 'unknown', 'done', 'printing'];
const EVENTS: SaleEvent[] = [
  ...(['held', 'emptied', 'tender', 'back', 'sent', 'refused', 'unanswered', 'print', 'printed', 'left'] as const).map(
    (type) => ({ type }),
  ),
  ...(['paid', 'paying', 'unknown', 'failed', 'void'] as const).map((state) => ({ type: 'told', state }) as const),
];
const walk = (...events: SaleEvent[]) => events.reduce<SaleStep>(afterwards, 'idle');
const told = (state: 'paid' | 'paying' | 'unknown' | 'failed' | 'void'): SaleEvent => ({ type: 'told', state });

describe('a sale on the screen', () => {
  it('goes from seats over cash to papers', () => {
    expect(walk({ type: 'held' }, { type: 'tender' }, { type: 'sent' }, told('paid'))).toBe('done');
    expect(walk({ type: 'held' }, { type: 'tender' }, { type: 'sent' }, told('paid'), { type: 'print' })).toBe(
      'printing',
    );
    expect(walk({ type: 'held' }, { type: 'sent' }, told('paid'), { type: 'printed' })).toBe('idle');
  });

  it('is done only because the service said that it is paid', () => {
    for (const step of STEPS.filter((one) => one !== 'done' && one !== 'printing'))
      for (const event of EVENTS)
        if (['done', 'printing'].includes(afterwards(step, event))) expect(event).toEqual(told('paid'));
  });

  it('keeps an unanswered sale until the service says how it stands', () => {
    const unknown = walk({ type: 'held' }, { type: 'sent' }, { type: 'unanswered' });
    expect(unknown).toBe('unknown');
    for (const event of EVENTS) if (event.type !== 'told') expect(afterwards(unknown, event)).toBe('unknown');
    expect(afterwards(unknown, told('paid'))).toBe('done');
    expect(afterwards(unknown, told('failed'))).toBe('picking');
    expect(afterwards(unknown, told('unknown'))).toBe('unknown');
  });

  it('gives the seats back to picking when a card was declined', () => {
    expect(walk({ type: 'held' }, { type: 'sent' }, told('paying'), told('failed'))).toBe('picking');
    expect(walk({ type: 'held' }, { type: 'tender' }, { type: 'sent' }, { type: 'refused' })).toBe('picking');
  });

  it('lets nothing else begin while money may have been taken', () => {
    expect(STEPS.filter((step) => !mayLeave(step))).toEqual(['paying', 'terminal', 'unknown']);
    for (const step of ['paying', 'terminal', 'unknown'] as const)
      for (const type of ['held', 'emptied', 'tender', 'back', 'sent', 'printed', 'left'] as const)
        expect(afterwards(step, { type })).toBe(step);
  });

  it('does not fall back to an earlier step by a late word', () => {
    for (const step of ['idle', 'done', 'printing'] as const)
      for (const state of ['paid', 'paying', 'unknown', 'failed'] as const)
        expect(afterwards(step, told(state))).toBe(step);
  });
});
