export { ConsumerStrategy } from './consumer-strategy.js';
export { DeadLetters } from './dead-letters.js';
export type { EventContext } from './event-context.js';
export { connectConsumers, MessagingModule, type MessagingOptions, makeKafka } from './messaging.module.js';
export { Outbox, tombstoneType } from './outbox.js';
export { Relay } from './relay.js';
export { MESSAGING_TABLES } from './tables.js';
export { ensureTopics } from './topics.js';
