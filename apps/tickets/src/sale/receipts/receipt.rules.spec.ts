import { AcquirerRegistrar } from './acquirer-registrar.js';
import { vatWithin } from './fiscal-registrar.js';
import { fiscalPositions, type ReceiptFacts, receiptContent } from './receipt.rules.js';
import { receiptPdf } from './receipt-pdf.js';

const SELLER = { name: 'ТОО «Фестиваль»', bin: '190440012345', address: 'Алматы, пр. Абая, 1' };
const text = (value: string) => ({ kk: value, ru: value, en: value });
const line = (no: number, amount: number) => ({
  line: no,
  title: { kk: 'Жарық болсын', ru: 'Да будет свет', en: 'Let There Be Light' },
  startsAt: '2019-09-16T13:30:00.000Z',
  timezone: 'Asia/Almaty',
  venue: text('Арман'),
  hall: text('1'),
  row: '7',
  seat: String(13 + no),
  general: false,
  amount,
  reasons: no === 2 ? [{ kk: 'Студент', ru: 'Студентам скидка 30 %', en: 'Student' }] : [],
});
const FACTS: ReceiptFacts = {
  kind: 'sale',
  amount: 445_000,
  currency: 'KZT',
  at: new Date('2019-09-10T06:00:00Z'),
  timezone: 'Asia/Almaty',
  paidBy: 'card',
  order: {
    number: 'K7QF-2M9T',
    language: 'ru',
    lines: [line(1, 250_000), line(2, 175_000)],
    items: [{ name: text('Сбор'), amount: 20_000 }],
  },
  returned: { lines: [], kept: 0 },
  corrects: null,
};

describe('a receipt', () => {
  it("says in the order's language what was bought and why it cost so much", () => {
    const content = receiptContent(FACTS, SELLER, 12);
    expect(content.lines).toEqual([
      { text: 'Да будет свет, ряд 7, место 14', detail: '16 сентября, понедельник, 19:30', amount: 250_000 },
      {
        text: 'Да будет свет, ряд 7, место 15',
        detail: '16 сентября, понедельник, 19:30 · Студентам скидка 30 %',
        amount: 175_000,
      },
      { text: 'Сбор', detail: '', amount: 20_000 },
    ]);
    expect([content.kind, content.total, content.vat]).toEqual(['receipt', 445_000, 47_679]);
  });

  it('always sums to the money that moved', () => {
    const content = receiptContent({ ...FACTS, amount: 100 }, SELLER, 0);
    expect(content.lines).toEqual([{ text: 'Оплата заказа K7QF-2M9T', detail: '', amount: 100 }]);
    expect(content.vat).toBe(0);
  });

  it('becomes a credit note of the lines that went back, with the fee that was kept', () => {
    const content = receiptContent(
      { ...FACTS, kind: 'return', amount: 225_000, returned: { lines: [1], kept: 25_000 }, corrects: 7 },
      SELLER,
      12,
    );
    expect(content.lines.map(({ text, amount }) => [text, amount])).toEqual([
      ['Да будет свет, ряд 7, место 14', 250_000],
      ['Сбор за возврат', -25_000],
    ]);
    expect([content.kind, content.corrects]).toEqual(['credit-note', 7]);
    expect(fiscalPositions(content)).toEqual([{ name: 'Возврат по заказу K7QF-2M9T', amount: 225_000 }]);
  });

  it('gives a register positions that are positive and sum up', () => {
    const positions = fiscalPositions(receiptContent(FACTS, SELLER, 12));
    expect(positions.reduce((sum, position) => sum + position.amount, 0)).toBe(445_000);
    expect(positions.every(({ name, amount }) => amount > 0 && name.length <= 120)).toBe(true);
  });

  it('has VAT inside the price, rounded half up', () => {
    expect([vatWithin(112, 12), vatWithin(250_000, 12), vatWithin(250_000, 0)]).toEqual([12, 26_786, 0]);
  });

  it.each(['kk', 'ru', 'en'] as const)('prints in %s, over as many pages as it needs', async (language) => {
    const lines = Array.from({ length: 40 }, (_, i) => line(i + 1, 1_000));
    const facts = { ...FACTS, amount: 40_000, order: { ...FACTS.order, language, lines, items: [] } };
    const pdf = await receiptPdf(12, receiptContent(facts, SELLER, 12), {
      number: '700000001',
      qrLink: 'https://example.org/t?i=700000001',
      offlineNumber: null,
    });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(1);
  });
});

describe('an online receipt', () => {
  const request = {
    id: '0191f1d0-0000-7000-8000-0000000000aa',
    kind: 'sale' as const,
    provider: 'freedompay',
    providerPaymentId: '1000001',
    paidBy: 'card' as const,
    amount: 1,
    currency: 'KZT',
    positions: [],
    at: new Date(0),
    original: undefined,
    offline: undefined,
  };

  it("is the acquirer's once the payment is captured, and a return follows its sale", async () => {
    const registrar = new AcquirerRegistrar();
    expect(await registrar.record(request)).toMatchObject({ outcome: 'registered', number: '1000001' });
    expect((await registrar.record({ ...request, kind: 'return' })).outcome).toBe('away');
    expect(
      await registrar.record({ ...request, kind: 'return', original: { number: '1000001', amount: 1 } }),
    ).toMatchObject({ outcome: 'registered', number: '1000001-000000aa' });
    expect((await registrar.record({ ...request, providerPaymentId: undefined })).outcome).toBe('away');
  });
});
