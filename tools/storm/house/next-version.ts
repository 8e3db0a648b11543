import type { Patch } from './workshop.js';

/** How a next version of tickets and its hearers would be written: one fact told as `.v1` and, in another shape, as `.v2`. */
const CONTRACT: Patch = {
  file: 'libs/contracts/src/events/tickets.ts',
  search: `export const OrderExpired = defineEvent(`,
  replace: `export const OrderPaidNext = defineEvent('tickets.order.paid.v2', {
  topic: 'tickets',
  data: Type.Object({ paid: OrderPaid.data }),
  says: 'An order was paid and its tickets issued.',
});

export const OrderExpired = defineEvent(`,
};

/** Hears both and counts facts: whichever comes first is heard, the other is known. */
const HEARER: Patch[] = [
  {
    file: 'apps/notifications/src/hearing/triggers.consumer.ts',
    search: '@EventPattern<string[]>([...HEARD_TYPES])',
    replace: "@EventPattern<string[]>([...HEARD_TYPES, 'tickets.order.paid.v2'])",
  },
  {
    file: 'apps/notifications/src/hearing/triggers.consumer.ts',
    search: 'async happened(@Payload() told: Received, @Ctx() context: EventContext): Promise<void> {',
    replace: `async happened(@Payload() came: Received, @Ctx() context: EventContext): Promise<void> {
    const told = came.type === 'tickets.order.paid.v2' ? { ...came, type: 'tickets.order.paid.v1', data: (came.data as any).paid } : came;`,
  },
];

const TOLD = 'messages.push(toMessage(envelope, this.service));';
const NEXT = `messages.push(toMessage({ ...envelope, type: 'tickets.order.paid.v2', data: { paid: row.data } }, this.service));`;
const IS_PAID = `if (row.type === 'tickets.order.paid.v1') `;

function teller(replace: string): Patch {
  return { file: 'libs/messaging/src/relay.ts', search: TOLD, replace };
}

/** Tells an order's payment in both versions, the next one first. */
export const TELLS_BOTH: readonly Patch[] = [CONTRACT, ...HEARER, teller(`${IS_PAID}${NEXT}\n      ${TOLD}`)];
/** Tells the next version alone. */
export const TELLS_NEXT: readonly Patch[] = [CONTRACT, ...HEARER, teller(`${IS_PAID}${NEXT}\n      else ${TOLD}`)];
