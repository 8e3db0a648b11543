import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What an operator watches of telling and hearing. */
@Injectable()
export class MessagingMetrics {
  readonly published: Counter<'topic'>;
  readonly publishDelay: Histogram;
  readonly waiting: Gauge;
  readonly oldestWaiting: Gauge;
  readonly handled: Counter<'type'>;
  readonly deadLetters: Counter<'topic'>;
  readonly lag: Gauge<'topic' | 'partition'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.published = new Counter({
      name: 'outbox_published_total',
      help: 'Facts told to Kafka',
      labelNames: ['topic'],
      registers,
    });
    this.publishDelay = new Histogram({
      name: 'outbox_publish_seconds',
      help: 'From a fact written to a fact acknowledged by the brokers',
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 300],
      registers,
    });
    this.waiting = new Gauge({ name: 'outbox_waiting', help: 'Facts that wait for Kafka', registers });
    this.oldestWaiting = new Gauge({
      name: 'outbox_oldest_seconds',
      help: 'Age of the oldest fact that waits for Kafka',
      registers,
    });
    this.handled = new Counter({
      name: 'events_handled_total',
      help: 'Facts that were new to this service and handled',
      labelNames: ['type'],
      registers,
    });
    this.deadLetters = new Counter({
      name: 'dead_letters_total',
      help: 'Messages set aside for a person to look at',
      labelNames: ['topic'],
      registers,
    });
    this.lag = new Gauge({
      name: 'consumer_lag',
      help: 'Messages of a partition that this consumer has not read',
      labelNames: ['topic', 'partition'],
      registers,
    });
  }
}
