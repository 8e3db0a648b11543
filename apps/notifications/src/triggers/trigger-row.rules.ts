import type { Channel, EventData, EventDefinition } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import type { DeliveryClass } from '../deliveries/delivery.rules.js';
import type { Template } from '../letters/letter.rules.js';

/** What a mail carries or asks for; it is fetched from its owner when it is sent, so no credential waits for it here. */
export const ATTACHMENTS = {
  none: 'nothing',
  order: 'PDF and calendar of an order (tickets)',
  ticket: 'PDF and calendar of one ticket (tickets)',
  visit: 'calendar entries of what somebody holds at a screening (tickets)',
  reminder: 'the same, and nothing is sent when nothing is held there any more (tickets)',
  invitation: 'the personal link of an invitation (tickets)',
  offer: 'the personal link of an offer (tickets)',
  badge: 'PDF of a badge (accreditations)',
  application: 'what an officer wrote (accreditations)',
  member: 'the personal link of an invited member (accreditations)',
  digest: 'calendar entries of all that it gathers (tickets)',
} as const;
export type Attachments = keyof typeof ATTACHMENTS;

/** One row of the trigger table. */
export interface Trigger {
  /** The type of the fact; undefined for what is told by HTTP or by the clock. */
  type?: string;
  /** What sets it off where that is no fact. */
  origin?: string;
  template: Template;
  deliveryClass: DeliveryClass;
  channels: readonly Channel[];
  attachments: Attachments;
  recipients(data: unknown): readonly string[];
  /** The thing it is about, which is also where the documents are. */
  key(data: unknown): string;
  language(data: unknown): Language | undefined;
  /** Whether somebody hears of it otherwise: a cancelled screening is one letter, not one for each ticket and booking. */
  silent(data: unknown): boolean;
  /** For docs/notifications.md: how the recipient and the key are found. */
  toldTo: string;
  keyedBy: string;
}

/** What most rows want: a letter, a line in the inbox, and Telegram where it is linked. */
const USUAL: readonly Channel[] = ['email', 'in-app', 'telegram'];
/** And a short message where a number is confirmed. */
export const WITH_SMS: readonly Channel[] = [...USUAL, 'sms'];

interface Row<T> {
  template: Template;
  deliveryClass: DeliveryClass;
  channels?: readonly Channel[];
  attachments?: Attachments;
  /** A field of the data, or several joined by "/". */
  recipient?: string & keyof T;
  key: string & keyof T;
  /** Put behind the key: a visit is a screening and a person. */
  and?: string & keyof T;
  silent?: (data: T) => boolean;
}

/** A row whose recipient, key and language are fields of the fact. The buyer's language at checkout goes before the contact's. */
export function on<D extends EventDefinition>(definition: D, row: Row<EventData<D>>): Trigger {
  return { ...made(row), type: definition.type };
}

/** A row that a timer or a neighbour sets off. */
export function own<T>(origin: string, row: Row<T>): Trigger {
  return { ...made(row), origin };
}

function made<T>(row: Row<T>): Trigger {
  const recipient = row.recipient ?? 'personId';
  const field = (data: unknown, name: string): unknown => (data as Record<string, unknown>)[name];
  const text = (data: unknown, name: string): string => {
    const value = field(data, name);
    if (typeof value !== 'string') throw new Error(`${row.template} finds no ${name}`);
    return value;
  };
  return {
    template: row.template,
    deliveryClass: row.deliveryClass,
    channels: row.channels ?? USUAL,
    attachments: row.attachments ?? 'none',
    recipients: (data) => [text(data, recipient)],
    key: (data) => [row.key, ...(row.and ? [row.and] : [])].map((name) => text(data, name)).join('/'),
    language: (data) => field(data, 'language') as Language | undefined,
    silent: (data) => row.silent?.(data as T) ?? false,
    toldTo: recipient,
    keyedBy: row.and ? `${row.key}/${row.and}` : row.key,
  };
}
