import { HOUR, MINUTE } from '#libs/kernel';

interface Reminder {
  template: 'reminder-24h' | 'reminder-2h';
  /** How long before the start it is due, festival time. */
  before: number;
  /** How long before the start it is no longer of use. */
  until: number;
}

/** Who has a place for longer than that is reminded; who comes later knows it by himself. */
export const REMINDERS: readonly Reminder[] = [
  { template: 'reminder-24h', before: 24 * HOUR, until: 12 * HOUR },
  { template: 'reminder-2h', before: 2 * HOUR, until: 20 * MINUTE },
];

/** After a shift of less than that, who was reminded already is not reminded again: the letter about the shift says it. */
export const SMALL_SHIFT = 3 * HOUR;

/** Names a reminder once and for all: of a screening that moves it is another. */
export function reminderFact(template: string, screeningId: string, startsAt: Date): string {
  return `${template}:${screeningId}:${startsAt.toISOString()}`;
}
