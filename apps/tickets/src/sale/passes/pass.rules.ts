import type { PassKind } from '#libs/contracts';
import { type LifeCycle, venueDate } from '#libs/kernel';

export type PassState = 'live' | 'ended';

export const PASS_CYCLE: LifeCycle<PassState> = { live: ['ended'], ended: [] };

export type PassScope = PassKind['scope'];

export interface Passable {
  sectionId: string | null;
  startsAt: Date;
  timezone: string;
}

/** Whether a pass of this scope opens a screening at all; films left, the cap of the day and its slot are counted elsewhere. */
export function opens(scope: PassScope, screening: Passable): boolean {
  switch (scope.kind) {
    case 'films':
    case 'everything':
      return true;
    case 'day':
      return venueDate(screening.startsAt, screening.timezone) === scope.day;
    case 'section':
      return screening.sectionId !== null && scope.sections.includes(screening.sectionId);
  }
}
