import { ApplicationAppealed, ApplicationDecided, ApplicationLapsed, type Received } from '#libs/contracts';

/**
 * Whether an application stands as approved after what was told of it; undefined where that changes nothing: a change that
 * is reviewed after the approval leaves the badge as it was, whatever comes of it.
 */
export function approvedAfter(told: Received): boolean | undefined {
  switch (told.type) {
    case ApplicationDecided.type: {
      const { decision, change } = (told as Received<typeof ApplicationDecided>).data;
      if (decision === 'approved') return true;
      return change ? undefined : false;
    }
    case ApplicationLapsed.type:
    case ApplicationAppealed.type:
      return false;
    default:
      return undefined;
  }
}
