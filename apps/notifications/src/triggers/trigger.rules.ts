import { ACCREDITATIONS_TRIGGERS } from './accreditations-triggers.rules.js';
import { TICKETS_TRIGGERS } from './tickets-triggers.rules.js';
import { own, type Trigger } from './trigger-row.rules.js';

interface Visit {
  personId: string;
  screeningId: string;
}

/** What no fact sets off: the gateway's own way in, and the clock. */
export const OWN_TRIGGERS = {
  'login-link': own<{ personId: string }>('the gateway, by HTTP, so that signing in works without Kafka', {
    template: 'login-link',
    deliveryClass: 'login',
    channels: ['email'],
    key: 'personId',
  }),
  'phone-code': own<{ personId: string }>('a person, who gives a number', {
    template: 'phone-code',
    deliveryClass: 'login',
    channels: ['sms'],
    key: 'personId',
  }),
  'reminder-24h': own<Visit>('24 hours before a screening, festival time', {
    template: 'reminder-24h',
    deliveryClass: 'reminder',
    attachments: 'reminder',
    key: 'screeningId',
    and: 'personId',
  }),
  'reminder-2h': own<Visit>('2 hours before a screening, festival time', {
    template: 'reminder-2h',
    deliveryClass: 'reminder',
    attachments: 'reminder',
    key: 'screeningId',
    and: 'personId',
  }),
  digest: own<{ personId: string }>('the fourth change or booking within five minutes', {
    template: 'digest',
    deliveryClass: 'digest',
    attachments: 'digest',
    channels: ['email', 'telegram'],
    key: 'personId',
  }),
} as const;

/** The one table from what happened to who hears of it. */
export const TRIGGERS: readonly Trigger[] = [
  ...TICKETS_TRIGGERS,
  ...ACCREDITATIONS_TRIGGERS,
  ...Object.values(OWN_TRIGGERS),
];

/** Facts that nobody is written to about, and why. A fact that is in no row and not here fails a spec. */
export const UNTOLD: Readonly<Record<string, string>> = {
  'gateway.person.recorded.v1': 'how somebody can be reached; a welcome would be a mail that nobody asked for',
  'screenings.screening.recorded.v1': 'tickets tells each visitor what it means for him (visit.*)',
  'screenings.seat-plan.recorded.v1': 'tickets tells each visitor what it means for him (visit.*)',
  'screenings.edition.recorded.v1': 'says whether the edition is only rehearsed',
  'screenings.festival-clock.set.v1': 'moves the reminders',
  'tickets.order.placed.v1': 'the buyer is at the payment page',
  'tickets.order.expired.v1': 'the buyer’s page says so; a mail would look like a bill',
  'tickets.order.cancelled.v1': 'the buyer did it himself, or the screening’s cancellation says it',
  'tickets.badge.lost-shown.v1': 'shown to house managers and officers at once, on their screens',
};

const heard = TRIGGERS.filter((trigger) => trigger.type !== undefined);

/** The types of facts that somebody is told about. */
export const HEARD_TYPES: readonly string[] = [...new Set(heard.map(({ type }) => type as string))];

const byType = new Map<string, Trigger[]>();
for (const trigger of heard)
  byType.set(trigger.type as string, [...(byType.get(trigger.type as string) ?? []), trigger]);

/** All rows that a fact sets off. */
export function triggersOf(type: string): readonly Trigger[] {
  return byType.get(type) ?? [];
}
