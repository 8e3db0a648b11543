import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Health, type PartHealth } from '#libs/service-defaults';
import { ConsumerStrategy } from './consumer-strategy.js';
import { Relay } from './relay.js';

/** Puts relay and consumer on `/health/parts`. */
@Injectable()
export class MessagingHealth implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly relay: Relay,
    private readonly consumer: ConsumerStrategy,
  ) {}

  onModuleInit(): void {
    this.health.addPart(() => this.relay.part());
    this.health.addPart(() => this.consumer.part());
  }

  async parts(): Promise<PartHealth[]> {
    return [this.relay.part(), this.consumer.part()];
  }
}
