import { Injectable } from '@nestjs/common';
import { after, MINUTE } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { takenSlots } from './refuse-clash.js';
import { requireStill } from './require-still.js';
import { ScreeningRow } from './screening.entity.js';
import { delayTooLong, hallOverlap, screeningUnknown, stepIllegal } from './screening.refusals.js';
import { delayedSlot } from './screening.rules.js';
import { SpeakScreenings } from './speak-screenings.js';

const LONGEST_MINUTES = 60;

/** A show begins some minutes later: its hall and plan stay, doors and late entry shift, holders get one short message. */
@Injectable()
export class DelayScreening {
  constructor(private readonly speak: SpeakScreenings) {}

  /** @throws screening-unknown, screening-step-illegal, screening-moving, delay-too-long, hall-overlap */
  async within(tx: Tx, command: { id: string; minutes: number }): Promise<void> {
    const row = await tx.findOne(ScreeningRow, { where: { id: command.id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw screeningUnknown({ screeningId: command.id });
    if (!['announced', 'on-sale', 'closed'].includes(row.state)) throw stepIllegal({ from: row.state, to: row.state });
    await requireStill(tx, row.id);
    const total = (row.data.delay?.minutes ?? 0) + command.minutes;
    if (total > LONGEST_MINUTES) throw delayTooLong({ minutes: total, most: LONGEST_MINUTES });
    const slot = delayedSlot(row, command.minutes, await takenSlots(tx, row.hallId));
    if ('clash' in slot) throw hallOverlap({ screeningId: slot.clash.id, from: slot.clash.startsAt });
    const later = (instant: string) => after(new Date(instant), command.minutes * MINUTE).toISOString();
    const data = {
      ...row.data,
      doorsOpenAt: later(row.data.doorsOpenAt),
      lateEntryUntil: later(row.data.lateEntryUntil),
      delay: { minutes: total, from: row.data.delay?.from ?? row.startsAt.toISOString() },
    };
    await tx.update(ScreeningRow, { id: row.id }, { ...slot, data } as never);
    await this.speak.within(tx, row.editionId, row.id);
  }
}
