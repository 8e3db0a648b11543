import { recordRefund } from '../twin/books.js';
import type * as rows from '../twin/rows.js';
import { isWaiting } from '../twin/tickets.js';
import type { Twin } from '../twin/twin.js';

type Values = readonly unknown[];

/** The named statements that the use cases send past the inventory port, each as a function of the twin. */
export const STATEMENTS: Record<string, (twin: Twin, values: Values) => object[]> = {
  order: (twin, [id]) => orderRow(twin, String(id)),
  'intend-payment': (twin, [id, order, provider, seconds]) =>
    intend(twin, String(id), String(order), String(provider), Number(seconds)),
  'payment-opened': (twin, [id, providerPaymentId, redirectUrl]) => {
    const attempt = twin.attempts.get(String(id));
    if (!attempt) return [];
    const opening = attempt.state === 'opening' || attempt.state === 'unknown';
    twin.attempts.change(attempt.id, {
      providerPaymentId: String(providerPaymentId),
      redirectUrl: String(redirectUrl),
      looks: 0,
      ...(opening && { state: 'open', nextLookAt: twin.now() + 20_000 }),
    });
    return [];
  },
  'payment-became': (twin, [id, state]) => {
    const attempt = twin.attempts.get(String(id));
    if (!attempt || !['opening', 'open', 'unknown'].includes(attempt.state)) return [];
    if (state === 'closed') twin.attempts.change(attempt.id, { state, looks: 0, nextLookAt: twin.now() + 300_000 });
    else twin.attempts.change(attempt.id, { state: 'unknown' });
    return [];
  },
  'payment-attempt': (twin, [id]) => twin.attempts.where((row) => row.id === id).map(attemptRow),
  'payment-attempts-of-order': (twin, [order]) => twin.attempts.where((row) => row.order === order).map(attemptRow),
  'due-payments': (twin, [most]) =>
    twin.attempts
      .where((row) => row.nextLookAt !== undefined && row.nextLookAt <= twin.now())
      .filter((row) => row.state !== 'closed' || !twin.plants.has('timeout-is-no'))
      .sort((a, b) => (a.nextLookAt ?? 0) - (b.nextLookAt ?? 0))
      .slice(0, Number(most))
      .map((row) =>
        attemptRow(
          twin.attempts.change(row.id, {
            looks: row.looks + 1,
            nextLookAt: nextLookAt(row, twin.now()),
          }),
        ),
      ),
  'refund-starts': (twin, [id]) => {
    const attempt = twin.attempts.get(String(id));
    if (!attempt || attempt.refundTarget <= attempt.refunded) return [];
    twin.attempts.change(attempt.id, { refundStarted: true });
    return [{}];
  },
  'record-refund': (twin, [id, inAll]) => [{ state: recordRefund(twin, String(id), Number(inAll)) }],
  'provider-answer': (twin, [key]) => {
    const known = twin.providerEvents.get(String(key));
    return known ? [known] : [];
  },
  'keep-provider-answer': (twin, [key, , answer]) => [
    twin.providerEvents.get(String(key)) ?? twin.providerEvents.put(String(key), { answer: String(answer) }),
  ],
};

/** Statements without a name, known by how they begin. */
export const QUERIES: [begins: string, run: (twin: Twin, values: Values) => object[]][] = [
  [
    "SELECT answer->>'order' AS order FROM idempotency",
    (twin, [caller, key, print]) => {
      const known = twin.idempotency.get(`${caller}|${key}`);
      return known && known.fingerprint === print ? [{ order: known.order }] : [];
    },
  ],
  ['WITH before AS (SELECT identity, store FROM hold_store_state', (twin, [identity]) => answered(twin, `${identity}`)],
  ['WITH switched AS (UPDATE hold_store_state', (twin, [store]) => step(twin, store as rows.HoldStoreRow['store'])],
];

function answered(twin: Twin, identity: string): object[] {
  const before = twin.holdStore.get('');
  if (!before) return [];
  const first = before.identity === '';
  const other = before.identity !== identity;
  const reopened = before.store === 'closed';
  twin.holdStore.change('', { identity, answeredAt: twin.now(), ...(reopened && { store: 'redis' }) });
  for (const board of twin.boards.all())
    twin.boards.change(board.screening, {
      ...(other && !first && { epoch: board.epoch + 1 }),
      ...(reopened && { holdStore: 'redis' }),
    });
  return other || reopened ? [{ first, other, reopened }] : [];
}

function step(twin: Twin, to: rows.HoldStoreRow['store']): object[] {
  const before = twin.holdStore.get('');
  if (!before) return [];
  const { store, switchedAt, answeredAt } = before;
  const now = twin.now();
  const due = {
    closed: store === 'redis' && answeredAt < now - 2_000 && switchedAt < now - 10_000,
    postgres: store === 'closed' && switchedAt < now - 2_600 && answeredAt < switchedAt,
    redis: store === 'postgres' && switchedAt < now - 10_000,
  };
  if (!due[to]) return [];
  twin.holdStore.change('', { store: to, switchedAt: now });
  for (const board of twin.boards.all())
    twin.boards.change(board.screening, { holdStore: to, ...(to !== 'closed' && { epoch: board.epoch + 1 }) });
  return [{}];
}

function intend(twin: Twin, id: string, orderId: string, provider: string, seconds: number): object[] {
  const order = twin.orders.get(orderId);
  twin.meet(order?.state, 'intend-payment');
  if (order?.state !== 'awaiting-payment' || order.total === 0 || order.payUntil <= twin.now()) return [];
  if (twin.attempts.has(id)) throw new Error('duplicate key value violates unique constraint');
  const made: rows.AttemptRow = {
    id,
    order: orderId,
    provider,
    providerPaymentId: undefined,
    redirectUrl: undefined,
    amount: order.total,
    currency: order.currency,
    state: 'opening',
    livesUntil: twin.now() + seconds * 1_000,
    captured: 0,
    refunded: 0,
    refundTarget: 0,
    refundStarted: false,
    nextLookAt: twin.now() + 5_000,
    looks: 0,
  };
  return [attemptRow(twin.attempts.put(id, made))];
}

function nextLookAt({ state, looks }: rows.AttemptRow, now: number): number | undefined {
  if (state !== 'closed') return now + Math.min(2 ** Math.min(looks, 6), 60) * 1_000;
  return looks < 4 ? now + Math.min(12 ** looks, 24) * 3_600_000 : undefined;
}

function attemptRow(row: Readonly<rows.AttemptRow>): object {
  return {
    ...row,
    orderId: row.order,
    amount: String(row.amount),
    captured: String(row.captured),
    refunded: String(row.refunded),
    refundTarget: String(row.refundTarget),
    livesUntil: new Date(row.livesUntil),
    redirectUrl: row.redirectUrl ?? null,
    providerPaymentId: row.providerPaymentId ?? null,
  };
}

function orderRow(twin: Twin, id: string): object[] {
  const order = twin.orders.get(id);
  if (!order) return [];
  const refunds = twin.refunds.where((row) => row.order === id);
  return [
    {
      ...order,
      total: String(order.total),
      payUntil: new Date(order.payUntil),
      promo: null,
      lines: twin.linesOf(id).map((line) => ({
        ...line,
        seatId: line.seat,
        row: line.row_label,
        seat: line.seat_label,
        kind: line.kind ?? 'full',
        listAmount: line.list_amount ?? line.amount,
        reasons: line.reasons ?? [],
        endedAs: line.endedAs ?? null,
      })),
      items: twin.items.where((item) => item.order === id),
      tickets: twin.tickets
        .where((ticket) => ticket.order === id)
        .map((ticket) => ({ ...ticket, serial: ticket.id, endedAs: ticket.endedAs ?? null, holder: null })),
      groupCodes: null,
      pending:
        isWaiting(order) && twin.attempts.where((row) => row.order === id).some((row) => row.state === 'unknown'),
      refund: refunds.length > 0 ? String(refunds.reduce((sum, row) => sum + row.amount, 0)) : null,
    },
  ];
}
