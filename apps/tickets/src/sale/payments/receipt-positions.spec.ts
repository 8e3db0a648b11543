import type { Order } from '#libs/contracts';
import { receiptPositions } from './receipt-positions.rules.js';

const text = (value: string) => ({ kk: value, ru: value, en: value });
const money = (amount: number) => ({ amount, currency: 'KZT' });
const order = (amounts: number[], items: number[], total: number) =>
  ({
    number: 'K7QF-2M9T',
    language: 'ru',
    total: money(total),
    lines: amounts.map((amount, i) => ({ title: text('Отец'), row: '7', seat: String(14 + i), price: money(amount) })),
    items: items.map((amount) => ({ name: text('Сбор'), price: money(amount) })),
  }) as unknown as Order;

describe('positions of an online receipt', () => {
  it('name each seat and fee and sum to the total; what costs nothing is none', () => {
    expect(receiptPositions(order([250_000, 0], [20_000], 270_000))).toEqual([
      { name: 'Отец, ряд 7, место 14', amount: 250_000 },
      { name: 'Сбор', amount: 20_000 },
    ]);
  });

  it('are one position where a credit stands against the tickets', () => {
    expect(receiptPositions(order([250_000], [-100_000], 150_000))).toEqual([
      { name: 'Заказ K7QF-2M9T', amount: 150_000 },
    ]);
  });
});
