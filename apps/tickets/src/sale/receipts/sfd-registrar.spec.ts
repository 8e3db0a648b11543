import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type FiscalSandbox, startFiscalSandbox } from '../../../../../tools/fiscal-sandbox/fiscal-sandbox.js';
import type { FiscalRequest } from './fiscal-registrar.js';
import { SfdRegistrar } from './sfd-registrar.js';

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

describe("the counter's register at a fiscal data operator", () => {
  let operator: FiscalSandbox;
  let now = new Date('2019-09-16T10:00:00Z');
  const register = (key = KEY) =>
    new SfdRegistrar({ url: operator.url, register: 'K00001', key: () => key, vatPercent: 12, timeoutMs: 2_000 });
  const sale = (changes: Partial<FiscalRequest> = {}): FiscalRequest => ({
    id: randomUUID(),
    kind: 'sale',
    provider: 'cash',
    providerPaymentId: undefined,
    paidBy: 'cash',
    amount: 350_000,
    currency: 'KZT',
    positions: [
      { name: 'Жарық болсын, қатар 7, орын 14', amount: 250_000 },
      { name: 'Жарық болсын, қатар 7, орын 15', amount: 100_000 },
    ],
    at: now,
    original: undefined,
    offline: undefined,
    ...changes,
  });

  beforeEach(async () => {
    now = new Date('2019-09-16T10:00:00Z');
    operator = await startFiscalSandbox({ now: () => now });
    expect((await register().registerKey()).outcome).toBe('ok');
  });
  afterEach(() => operator.stop());

  it('records a sale with its VAT under a number and a link', async () => {
    const answer = await register().record(sale());
    expect(answer).toMatchObject({ outcome: 'registered', number: '700000001', register: 'K00001', shift: 1 });
    expect(answer.outcome === 'registered' && answer.qrLink).toContain('i=700000001');
    expect(operator.operator.tickets[0]!.items[0]).toMatchObject({ sum: 250_000, vatPercent: 12, vatSum: 26_786 });
  });

  it('is believed by its signature alone', async () => {
    expect(await register(OTHER).record(sale())).toEqual({ outcome: 'refused', reason: 'SIGNATURE_WRONG' });
    expect(await register(OTHER).registerKey()).toEqual({ outcome: 'refused', reason: 'SIGNATURE_WRONG' });
    operator.operator.forgetKey('K00001');
    expect(await register().record(sale())).toEqual({ outcome: 'away', reason: 'KEY_UNKNOWN' });
  });

  it.each([
    ['is away', { down: 1 }],
    ['works and then breaks the line', { silentAfter: 1 }],
    ['works and then talks nonsense', { garbled: 1 }],
  ])('records once when the operator %s', async (_, faults) => {
    Object.assign(operator.faults, faults);
    const request = sale();
    expect((await register().record(request)).outcome).toBe('away');
    expect((await register().record({ ...request, offline: { number: 1, at: now } })).outcome).toBe('registered');
    expect((await register().record(request)).outcome).toBe('registered');
    expect(operator.operator.tickets).toHaveLength(1);
  });

  it('links a return to its sale and never returns more', async () => {
    const sold = await register().record(sale());
    const original = { number: sold.outcome === 'registered' ? sold.number : '', amount: 350_000 };
    const back = (amount: number) =>
      register().record(sale({ kind: 'return', amount, positions: [{ name: 'Қайтарым', amount }], original }));
    expect((await back(250_000)).outcome).toBe('registered');
    expect(await back(250_000)).toEqual({ outcome: 'refused', reason: 'RETURN_ABOVE_SALE' });
    expect(operator.operator.tickets[1]!.parent).toBe(original.number);
    expect((await register().record(sale({ kind: 'return' }))).outcome).toBe('away');
  });

  it('refuses a receipt whose positions are not its sum', async () => {
    expect(await register().record(sale({ amount: 1 }))).toEqual({ outcome: 'refused', reason: 'SUMS_DIFFER' });
  });

  it('ends a shift with its Z report, once for one request, and must end it within 24 hours', async () => {
    const sold = await register().record(sale());
    const original = { number: sold.outcome === 'registered' ? sold.number : '', amount: 350_000 };
    const positions = [{ name: 'Қайтарым', amount: 100_000 }];
    await register().record(sale({ kind: 'return', amount: 100_000, positions, original }));
    now = new Date(now.getTime() + 25 * 3_600_000);
    expect(await register().record(sale())).toEqual({ outcome: 'away', reason: 'SHIFT_EXPIRED' });
    const report = { shift: 1, sales: { count: 1, amount: 350_000 }, returns: { count: 1, amount: 100_000 } };
    expect(await register().closeShift('z-1')).toEqual({ outcome: 'ok', report });
    expect(await register().closeShift('z-1')).toEqual({ outcome: 'ok', report });
    expect(await register().record(sale())).toMatchObject({ outcome: 'registered', shift: 2 });
  });
});
