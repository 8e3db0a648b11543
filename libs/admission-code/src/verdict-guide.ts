import type { Verdict } from './verdicts.js';

/** For the pages of docs/door.md: when a verdict is given, and what differs between a gate with and without a network. */
export interface VerdictGuide {
  when: string;
  online: string;
  offline: string;
}

const SAME = 'the same';
const LIST = 'as far as the list knows';
const guide = (when: string, offline = LIST, online = 'at once'): VerdictGuide => ({ when, online, offline });

export const VERDICT_GUIDE: Record<Verdict, VerdictGuide> = {
  ok: guide('the code opens this door now', 'from the list and the device’s own log', 'stored before it is shown'),
  ok_reentry: guide(
    'entered before, scanned out since, and the re-entry policy allows it',
    'exits of other gates as the list has them',
  ),
  ok_exit: guide('scanned on the way out; never refused for what the code opens', SAME),
  already_used: guide(
    'somebody is in with it, or re-entry is not allowed',
    'entries of other gates since the list are seen at the upload: a conflict',
    'two gates at once: one is `ok`, the other this; time and gate are shown',
  ),
  unknown: guide(
    'no code of Seans, or genuine and nobody knows the serial',
    'a genuine serial that an old list lacks is `list_stale`',
  ),
  bad_signature: guide('written like ours, signed by nobody', SAME),
  unknown_key: guide(
    'signed by a key that the gate does not have',
    'keys come with each list, a new one 24 h before its use',
    'the service looks for the key once more',
  ),
  wrong_edition: guide('of another edition', SAME),
  not_yet_valid: guide('before doors open, before the edition, or before the window of the badge’s function', SAME),
  expired: guide('after late entry ends (back again: after the end), after the edition or the function’s window', SAME),
  wrong_screening: guide(
    'a ticket for another screening; says which, where and when',
    'places and hours of today’s screenings are in the list',
  ),
  screening_changed: guide(
    'a ticket for another screening that was moved away from here; says where and when it is now',
    LIST,
  ),
  seat_released: guide('nobody came in time and the seat went to the rush line', LIST),
  wrong_area: guide('the badge lacks the access area of the gate', SAME),
  function_not_allowed: guide('no share of the hall is for the badge’s classes', LIST),
  not_approved: guide('the accreditation behind the badge is not approved', LIST),
  unpaid: guide('the payment of the ticket was taken back (chargeback)', LIST),
  cancelled: guide('refunded, exchanged, passed on, or the screening was cancelled', LIST),
  suspended: guide('the badge is suspended', LIST, 'within 5 s'),
  revoked: guide('the badge was revoked', LIST, 'within 5 s'),
  replaced: guide('a newer badge of the same person lives', LIST, 'within 5 s'),
  reported_lost: guide('the badge was reported lost', LIST, 'within 5 s; the accreditation officers are told'),
  quota_exhausted: guide(
    'the share of the badge’s class is full, or its entries of the day are used',
    'the device’s part of the share, as of its list',
  ),
  needs_ticket_too: guide('a badge without booking where its class needs one', LIST),
  room_full: guide(
    'as many inside as the hall or the house manager allows',
    'the list’s count and the device’s own entries',
    'all gates together',
  ),
  photo_check_required: guide(
    'the screening asks for it, always or at random',
    'compare with the printed badge',
    'photo and name by a link of 60 s',
  ),
  proof_required: guide('the seat was sold at a concession whose proof is shown at entry; the paper is named', SAME),
  list_stale: guide(
    'never online',
    'the list is older than its limit, or a genuine serial is newer than it',
    'not given',
  ),
};
