import { Inject, Injectable } from '@nestjs/common';
import type { PersonRecords, Traces } from '#libs/contracts';
import { SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';

/** The services that know something of people beside the gateway. */
export const NEIGHBOURS = ['accreditations', 'tickets', 'notifications'] as const;
export type Neighbour = (typeof NEIGHBOURS)[number];

const PATIENCE_MS = 20_000;

/** Asks the other services what they know of a person. */
@Injectable()
export class Neighbours {
  private readonly addresses: Record<Neighbour, string>;

  constructor(
    private readonly services: ServiceClient,
    @Inject(SETTINGS) settings: GatewaySettings,
  ) {
    this.addresses = {
      accreditations: settings.ACCREDITATIONS_URL,
      tickets: settings.TICKETS_URL,
      notifications: settings.NOTIFICATIONS_URL,
    };
  }

  /** What is still there, in words; an answer that is none counts as something left. */
  async left(neighbour: Neighbour, personId: string): Promise<string[]> {
    const answer = await this.services
      .call(neighbour, 'GET', `${this.addresses[neighbour]}/internal/people/${personId}/traces`)
      .catch(() => undefined);
    if (answer?.status !== 200) return ['not answered'];
    return (answer.body as Traces).left.map(({ what, count }) => `${what}: ${count}`);
  }

  /** @returns undefined when the service can't be asked */
  async records(neighbour: Neighbour, personId: string): Promise<PersonRecords | undefined> {
    const address = `${this.addresses[neighbour]}/internal/people/${personId}/export`;
    const answer = await this.services
      .call(neighbour, 'GET', address, undefined, { timeoutMs: PATIENCE_MS })
      .catch(() => undefined);
    return answer?.status === 200 ? (answer.body as PersonRecords) : undefined;
  }
}
