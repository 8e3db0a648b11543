import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { EditionRecorded, type Received } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { RecordEdition } from '../deliveries/record-edition.js';

/** Which edition is only rehearsed. */
@Controller()
export class EditionsConsumer {
  constructor(private readonly editions: RecordEdition) {}

  @EventPattern<string>(EditionRecorded.type)
  async recorded(@Payload() told: Received<typeof EditionRecorded>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.editions.within(tx, told);
  }
}
