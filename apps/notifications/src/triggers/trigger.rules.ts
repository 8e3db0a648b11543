import {
  ApplicationDecided,
  ApplicationSubmitted,
  BadgeIssued,
  BookingCancelled,
  BookingMade,
  BookingMissed,
  BookingReleased,
  type EventData,
  type EventDefinition,
  InformationRequested,
  InvitationMade,
  OrderChargedBack,
  OrderLinesReturned,
  OrderPaid,
  OrderRefunded,
  PassIssued,
  RefundDue,
  TicketReleased,
  TicketReprinted,
  TicketTransferred,
  VisitCancelled,
  VisitDelayed,
  VisitMoved,
  VisitRated,
  VisitReseated,
  WaitlistEnded,
  WaitlistOffered,
} from '#libs/contracts';
import type { Language } from '#libs/kernel';
import type { DeliveryClass } from '../deliveries/delivery.rules.js';
import type { EventTemplate } from '../letters/letter.rules.js';

/** Which documents a mail carries; they are fetched from their owner when it is sent. */
export type Attachments = 'order' | 'ticket' | 'badge' | 'invitation' | 'offer' | 'visit' | 'none';

export interface Trigger {
  type: string;
  template: EventTemplate;
  deliveryClass: DeliveryClass;
  attachments: Attachments;
  recipient(data: unknown): string;
  /** The thing it is about, which is also where the documents are. */
  key(data: unknown): string;
  language(data: unknown): Language | undefined;
  /** Whether somebody hears of it otherwise: a cancelled screening is one letter, not one for each ticket and booking. */
  silent(data: unknown): boolean;
}

function on<D extends EventDefinition>(
  definition: D,
  row: {
    template: EventTemplate;
    deliveryClass: DeliveryClass;
    attachments?: Attachments;
    recipient: (data: EventData<D>) => string;
    key: (data: EventData<D>) => string;
    language?: (data: EventData<D>) => Language | undefined;
    silent?: (data: EventData<D>) => boolean;
  },
): Trigger {
  return {
    type: definition.type,
    template: row.template,
    deliveryClass: row.deliveryClass,
    attachments: row.attachments ?? 'none',
    recipient: (data) => row.recipient(data as EventData<D>),
    key: (data) => row.key(data as EventData<D>),
    language: (data) => row.language?.(data as EventData<D>),
    silent: (data) => row.silent?.(data as EventData<D>) ?? false,
  };
}

/** The one table from what happened to who hears of it. The buyer's language at checkout goes before the contact's. */
export const TRIGGERS: readonly Trigger[] = [
  on(OrderPaid, {
    template: 'order-paid',
    deliveryClass: 'documents',
    attachments: 'order',
    recipient: (d) => d.personId,
    key: (d) => d.orderId,
    language: (d) => d.language,
  }),
  on(RefundDue, {
    template: 'refund-due',
    deliveryClass: 'money',
    recipient: (d) => d.personId,
    key: (d) => d.orderId,
    language: (d) => d.language,
  }),
  on(OrderRefunded, {
    template: 'refunded',
    deliveryClass: 'money',
    recipient: (d) => d.personId,
    key: (d) => d.orderId,
    language: (d) => d.language,
  }),
  on(OrderLinesReturned, {
    template: 'tickets-returned',
    deliveryClass: 'money',
    recipient: (d) => d.personId,
    key: (d) => d.orderId,
    language: (d) => d.language,
    silent: (d) => d.reason === 'screening-cancelled',
  }),
  on(OrderChargedBack, {
    template: 'charged-back',
    deliveryClass: 'money',
    recipient: (d) => d.personId,
    key: (d) => d.orderId,
    language: (d) => d.language,
  }),
  // The new holder's own language, where it is known.
  on(TicketTransferred, {
    template: 'ticket-transferred',
    deliveryClass: 'documents',
    attachments: 'ticket',
    recipient: (d) => d.holderId,
    key: (d) => d.ticketId,
  }),
  on(TicketReprinted, {
    template: 'ticket-reprinted',
    deliveryClass: 'documents',
    attachments: 'ticket',
    recipient: (d) => d.personId,
    key: (d) => d.ticketId,
    language: (d) => d.language,
  }),
  on(ApplicationSubmitted, {
    template: 'application-submitted',
    deliveryClass: 'accreditation',
    recipient: (d) => d.personId,
    key: (d) => d.applicationId,
  }),
  on(InformationRequested, {
    template: 'information-requested',
    deliveryClass: 'accreditation',
    recipient: (d) => d.personId,
    key: (d) => d.applicationId,
  }),
  on(ApplicationDecided, {
    template: 'application-decided',
    deliveryClass: 'accreditation',
    recipient: (d) => d.personId,
    key: (d) => d.applicationId,
  }),
  on(BadgeIssued, {
    template: 'badge-issued',
    deliveryClass: 'documents',
    attachments: 'badge',
    recipient: (d) => d.personId,
    key: (d) => d.badgeId,
  }),
  on(BookingMade, {
    template: 'booking-made',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.bookingId,
  }),
  on(BookingCancelled, {
    template: 'booking-cancelled',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.bookingId,
    silent: (d) => d.reason === 'screening-cancelled',
  }),
  on(BookingReleased, {
    template: 'booking-released',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.bookingId,
  }),
  on(BookingMissed, {
    template: 'booking-missed',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.bookingId,
  }),
  on(InvitationMade, {
    template: 'invitation-made',
    deliveryClass: 'documents',
    attachments: 'invitation',
    recipient: (d) => d.personId,
    key: (d) => d.invitationId,
    language: (d) => d.language,
  }),
  on(WaitlistOffered, {
    template: 'waitlist-offered',
    deliveryClass: 'offer',
    attachments: 'offer',
    recipient: (d) => d.personId,
    key: (d) => d.offerId,
    language: (d) => d.language,
  }),
  on(WaitlistEnded, {
    template: 'waitlist-ended',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.entryId,
    language: (d) => d.language,
  }),
  on(PassIssued, {
    template: 'pass-issued',
    deliveryClass: 'documents',
    recipient: (d) => d.personId,
    key: (d) => d.passId,
    language: (d) => d.language,
  }),
  on(TicketReleased, {
    template: 'ticket-released',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => d.ticketId,
    language: (d) => d.language,
  }),
  on(VisitMoved, {
    template: 'screening-moved',
    deliveryClass: 'booking',
    attachments: 'visit',
    recipient: (d) => d.personId,
    key: (d) => `${d.screeningId}/${d.personId}`,
    language: (d) => d.language,
  }),
  on(VisitReseated, {
    template: 'seat-changed',
    deliveryClass: 'booking',
    attachments: 'visit',
    recipient: (d) => d.personId,
    key: (d) => `${d.screeningId}/${d.personId}`,
    language: (d) => d.language,
  }),
  on(VisitDelayed, {
    template: 'screening-delayed',
    deliveryClass: 'short-notice',
    recipient: (d) => d.personId,
    key: (d) => `${d.screeningId}/${d.personId}`,
    language: (d) => d.language,
  }),
  on(VisitRated, {
    template: 'screening-rated',
    deliveryClass: 'booking',
    recipient: (d) => d.personId,
    key: (d) => `${d.screeningId}/${d.personId}`,
    language: (d) => d.language,
  }),
  on(VisitCancelled, {
    template: 'screening-cancelled',
    deliveryClass: 'booking',
    attachments: 'visit',
    recipient: (d) => d.personId,
    key: (d) => `${d.screeningId}/${d.personId}`,
    language: (d) => d.language,
  }),
];

const byType = new Map(TRIGGERS.map((trigger) => [trigger.type, trigger]));
const byTemplate = new Map<string, Trigger>(TRIGGERS.map((trigger) => [trigger.template, trigger]));

export function triggerOf(type: string): Trigger | undefined {
  return byType.get(type);
}

export function attachmentsOf(template: string): Attachments {
  return byTemplate.get(template)?.attachments ?? 'none';
}
