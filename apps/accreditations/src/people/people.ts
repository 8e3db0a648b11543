import { Inject, Injectable } from '@nestjs/common';
import type { RecordedPerson, RecordPerson } from '#libs/contracts';
import { type CommonSettings, partUnavailable, SETTINGS, ServiceClient } from '#libs/service-defaults';

/** People are the gateway's: found by their address, or made. Never called inside a transaction. */
@Injectable()
export class People {
  constructor(
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /** The same person for the same address. @throws part-unavailable when the gateway can't be asked */
  async record(person: RecordPerson): Promise<string> {
    const answer = await this.services.call('gateway', 'POST', `${this.settings.GATEWAY_URL}/internal/people`, person);
    if (answer.status !== 200) throw partUnavailable({ part: 'gateway' });
    return (answer.body as RecordedPerson).personId;
  }
}
