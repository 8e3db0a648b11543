import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#libs/persistence';
import { Health, type PartHealth } from '#libs/service-defaults';
import { ConsumerStrategy } from './consumer-strategy.js';
import { Relay } from './relay.js';

/** Puts relay and consumer on `/health/parts`. */
@Injectable()
export class MessagingHealth implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly health: Health,
    private readonly relay: Relay,
    private readonly consumer: ConsumerStrategy,
  ) {}

  onModuleInit(): void {
    this.health.addPart(() => this.relay.part());
    this.health.addPart(() => this.consumer.part());
    this.health.addPart(() => this.deadLetters());
  }

  /** Messages that wait for a person's decision; when the database can't be asked, its own part says so. */
  private async deadLetters(): Promise<PartHealth> {
    const [row] = await this.database
      .query<{ n: number }>("SELECT count(*)::int AS n FROM dead_letter WHERE state IN ('open', 'replay')")
      .catch(() => []);
    const n = row?.n ?? 0;
    return { name: 'dead-letters', ok: n === 0, note: n === 0 ? undefined : `${n} wait; npm run deadletters -- list` };
  }

  async parts(): Promise<PartHealth[]> {
    return [this.relay.part(), this.consumer.part()];
  }
}
