export * from './event.js';
export * from './events/accreditations.js';
export * from './events/gateway.js';
export * from './events/screenings.js';
export * from './events/tickets.js';
export * from './events/tickets-places.js';

export * from './http/accreditations.js';
export * from './http/common.js';
export * from './http/gateway.js';
export * from './http/notifications.js';
export * from './http/places.js';
export * from './http/prices.js';
export * from './http/programme-office.js';
export * from './http/receipts.js';
export * from './http/screenings.js';
export * from './http/seat-plans.js';
export * from './http/tickets.js';
