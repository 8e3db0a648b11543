/**
 * Telling and hearing facts. A service runs {@link MESSAGING_TABLES} in its first migration, imports
 * `MessagingModule.for({ service, consumes })`, appends facts with `Outbox.append(tx, event(…))`, and hears with
 *
 * ```ts
 * @Controller()
 * export class TicketsConsumer {
 *   @EventPattern<string>(OrderPaid.type)
 *   paid(@Payload() event: Received<typeof OrderPaid>, @Ctx() context: EventContext): Promise<void> {
 *     return this.recordSale.within(context.tx, event);
 *   }
 * }
 * ```
 */
export { ConsumerStrategy } from './consumer-strategy.js';
export { type DeadLetter, DeadLetters } from './dead-letters.js';
export { type Envelope, toMessage, tombstoneOf } from './envelope.js';
export { EventContext, Hearing } from './hearing.js';
export { makeKafka } from './kafka.js';
export { MessagingModule } from './messaging.module.js';
export { MessagingHealth } from './messaging-health.js';
export { MESSAGING_TABLES } from './messaging-tables.js';
export { Nap } from './nap.js';
export { Outbox } from './outbox.js';
export { replayTopic } from './read-topic.js';
export { Relay } from './relay.js';
