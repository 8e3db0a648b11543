import type { Order } from '#libs/contracts';
import type { Language } from '#libs/kernel';

const WORDS: Record<Language, { row: string; seat: string; order: string }> = {
  kk: { row: 'қатар', seat: 'орын', order: 'Тапсырыс' },
  ru: { row: 'ряд', seat: 'место', order: 'Заказ' },
  en: { row: 'row', seat: 'seat', order: 'Order' },
};
/** Acquirers cut longer names. */
const LONGEST = 120;

/**
 * What the acquirer's fiscal receipt lists when the payment page opens. Positions are positive and sum to the total;
 * where a credit makes that impossible (an exchange), the order is one position.
 */
export function receiptPositions(
  order: Pick<Order, 'number' | 'language' | 'total' | 'lines' | 'items'>,
): { name: string; amount: number }[] {
  const { language, total } = order;
  const words = WORDS[language];
  const positions = [
    ...order.lines.map((line) => ({
      name: `${line.title[language]}, ${words.row} ${line.row}, ${words.seat} ${line.seat}`,
      amount: line.price.amount,
    })),
    ...order.items.map((item) => ({ name: item.name[language], amount: item.price.amount })),
  ].filter(({ amount }) => amount !== 0);
  const sum = positions.reduce((all, { amount }) => all + amount, 0);
  if (sum !== total.amount || positions.some(({ amount }) => amount < 0))
    return [{ name: `${words.order} ${order.number}`, amount: total.amount }];
  return positions.map(({ name, amount }) => ({
    name: name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`,
    amount,
  }));
}
