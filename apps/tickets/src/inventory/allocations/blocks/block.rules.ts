import { after, type LifeCycle, MINUTE } from '#libs/kernel';

export type BlockState = 'kept' | 'released';

export const BLOCK_CYCLE: LifeCycle<BlockState> = { kept: ['released'], released: [] };

export type InvitationState = 'sent' | 'accepted' | 'declined' | 'released';

/** The invitee may change an answer until the list's date; who has not answered by then loses the places. */
export const INVITATION_CYCLE: LifeCycle<InvitationState> = {
  sent: ['accepted', 'declined', 'released'],
  accepted: ['declined'],
  declined: ['accepted'],
  released: [],
};

/** Five minutes before the start the jury is seated or does not come. */
export const JURY_MINUTES = 5;

export interface PolicyBlock {
  purpose: string;
  sections: string[];
  seats: number;
  minutesBefore?: number;
}

/** The blocks that a policy makes at a screening of this section; none for what has no section or takes nobody any more. */
export function policyBlocks(
  policy: readonly PolicyBlock[],
  screening: { sectionId: string | null; state: string },
): PolicyBlock[] {
  if (screening.state !== 'announced' && screening.state !== 'on-sale') return [];
  return policy.filter(({ sections }) => screening.sectionId !== null && sections.includes(screening.sectionId));
}

/** Minutes before the start at which a policy's block is given up; undefined where only a manager does. */
export function releaseMinutes(block: Pick<PolicyBlock, 'purpose' | 'minutesBefore'>): number | undefined {
  return block.minutesBefore ?? (block.purpose === 'jury' ? JURY_MINUTES : undefined);
}

/** Festival time of the release as things stand: a time counted from the start moves with the screening. */
export function releaseTime(
  block: { releaseAt: Date | null; minutesBefore: number | null },
  startsAt: Date,
): Date | null {
  if (block.releaseAt) return block.releaseAt;
  return block.minutesBefore === null ? null : after(startsAt, -block.minutesBefore * MINUTE);
}
