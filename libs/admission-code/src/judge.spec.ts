import {
  type AdmissionCode,
  areaBits,
  type DoorFacts,
  editionTag,
  type HolderFacts,
  judge,
  lotOf,
  type ReadCode,
  type Shown,
  screeningTag,
  VERDICT_GUIDE,
  VERDICTS,
  type Verdict,
} from './index.js';

const ticket: AdmissionCode = {
  kind: 'ticket',
  keyId: 7,
  editionTag: editionTag('almaty-2019'),
  serial: '0123456789abcdef0123',
  validFrom: new Date('2019-09-14T00:00:00Z'),
  validUntil: new Date('2019-09-20T23:59:59.999Z'),
  scope: screeningTag('opening'),
};
const badge: AdmissionCode = { ...ticket, kind: 'badge', scope: areaBits(['A', 'C']) };
const minute = (of: string) => new Date(`2019-09-14T${of}:00Z`);
const NAME = { kk: 'a', ru: 'b', en: 'c' };
const closing = {
  screeningId: 'closing',
  title: NAME,
  hall: NAME,
  startsAt: '2019-09-20T12:00:00Z',
  timezone: 'Asia/Almaty',
  moved: false,
};
const door: DoorFacts = {
  screeningId: 'opening',
  editionId: 'almaty-2019',
  doorsOpenAt: minute('12:30'),
  lateEntryUntil: minute('13:15'),
  endsAt: minute('15:00'),
  dayFrom: minute('00:00'),
  reentry: 'none',
  photo: { kind: 'none' },
  areas: [],
  elsewhere: new Map([
    [screeningTag('closing'), closing],
    [screeningTag('moved-away'), { ...closing, moved: true }],
  ]),
};
const live: HolderFacts = { state: 'live', booked: true, allowed: true };
const shown: Shown = { at: minute('12:50'), direction: 'in', scanId: '0198c0de-0000-7000-8000-000000000001' };
const inside = { at: minute('12:40'), gate: '2', inside: true };
const left = { ...inside, inside: false, leftAt: minute('12:45') };
const proof = { kk: 'куәлік', ru: 'удостоверение', en: 'student card' };

interface Situation {
  read?: ReadCode;
  code?: AdmissionCode;
  holder?: Partial<HolderFacts>;
  door?: Partial<DoorFacts>;
  shown?: Partial<Shown>;
}
const verdict = ({ read, code = ticket, holder, door: gate, shown: how }: Situation) =>
  judge(read ?? { outcome: 'ok', code }, { ...live, ...holder }, { ...door, ...gate }, { ...shown, ...how });

const SITUATIONS: [Verdict, string, Situation][] = [
  ['ok', 'a ticket in time', {}],
  ['ok', 'a booked badge', { code: badge }],
  ['ok', 'a badge whose seat was released and booked again', { code: badge, holder: { released: true } }],
  ['ok', 'a badge with the area of the gate', { code: badge, door: { areas: ['C', 'X'] } }],
  ['ok', 'a ticket at a gate with areas', { door: { areas: ['X'] } }],
  ['ok', 'the last place of a share', { code: badge, holder: { shareLeft: 1 } }],
  ['ok', 'a share that nobody counts', { code: badge, holder: { shareLeft: null } }],
  ['ok', 'the last place of the hall', { door: { capacity: { of: 10, inside: 9 } } }],
  [
    'ok',
    'a badge whose photo matches',
    { code: badge, door: { photo: { kind: 'required' } }, shown: { answers: { photo: 'matches' } } },
  ],
  ['ok', 'a concession whose paper was shown', { holder: { proof }, shown: { answers: { proof: 'shown' } } }],
  ['ok', 'a ticket where badges need a photo', { door: { photo: { kind: 'required' } } }],
  ['ok', 'a fresh list', { door: { list: { ageMs: 5_000, staleAfterMs: 60_000 } } }],
  ['ok_reentry', 'left today', { holder: { entry: left }, door: { reentry: 'same-day' } }],
  [
    'ok_reentry',
    'left the day before',
    { holder: { entry: left }, door: { reentry: 'always', dayFrom: minute('12:46') } },
  ],
  [
    'ok_reentry',
    'after late entry, since it was in',
    { holder: { entry: left }, door: { reentry: 'always' }, shown: { at: minute('14:00') } },
  ],
  [
    'ok_reentry',
    'a full hall that it left',
    { holder: { entry: left }, door: { reentry: 'always', capacity: { of: 1, inside: 1 } } },
  ],
  ['ok_exit', 'on the way out', { holder: { entry: inside }, shown: { direction: 'out' } }],
  ['ok_exit', 'out, though it ended meanwhile', { holder: { state: 'ended' }, shown: { direction: 'out' } }],
  ['already_used', 'entered, and nobody comes back', { holder: { entry: left } }],
  ['already_used', 'still inside', { holder: { entry: inside }, door: { reentry: 'always' } }],
  [
    'already_used',
    'left yesterday',
    { holder: { entry: left }, door: { reentry: 'same-day', dayFrom: minute('12:46') } },
  ],
  ['unknown', 'no code at all', { read: { outcome: 'unknown' } }],
  ['unknown', 'genuine and known to nobody', { holder: { state: 'unlisted' } }],
  [
    'unknown',
    'not in a list of this minute',
    { holder: { state: 'unlisted' }, door: { list: { ageMs: 30_000, staleAfterMs: 60_000 } } },
  ],
  ['unknown', 'out, and known to nobody', { holder: { state: 'unlisted' }, shown: { direction: 'out' } }],
  ['bad_signature', 'forged', { read: { outcome: 'bad_signature' } }],
  ['unknown_key', 'signed by nobody we know', { read: { outcome: 'unknown_key', keyId: 9 } }],
  ['wrong_edition', 'last year’s', { code: { ...ticket, editionTag: editionTag('almaty-2018') } }],
  ['wrong_edition', 'last year’s, used too', { code: { ...badge, editionTag: 1 }, holder: { entry: inside } }],
  ['not_yet_valid', 'before doors', { shown: { at: minute('12:00') } }],
  [
    'not_yet_valid',
    'before the window of the function',
    { code: badge, holder: { windows: [{ from: minute('13:00'), until: minute('14:00') }] } },
  ],
  [
    'not_yet_valid',
    'between two windows',
    {
      code: badge,
      holder: {
        windows: [
          { from: minute('10:00'), until: minute('11:00') },
          { from: minute('13:00'), until: minute('14:00') },
        ],
      },
    },
  ],
  ['not_yet_valid', 'before the edition', { code: { ...ticket, validFrom: minute('13:00') } }],
  ['expired', 'after late entry', { shown: { at: minute('13:16') } }],
  [
    'expired',
    'after the window of the function',
    { code: badge, holder: { windows: [{ from: minute('10:00'), until: minute('12:50') }] } },
  ],
  [
    'expired',
    'back after the end',
    { holder: { entry: left }, door: { reentry: 'always' }, shown: { at: minute('15:00') } },
  ],
  ['wrong_screening', 'for tomorrow', { code: { ...ticket, scope: screeningTag('closing') } }],
  ['wrong_screening', 'for one that nobody lists', { code: { ...ticket, scope: screeningTag('other') } }],
  ['screening_changed', 'moved to another hall', { code: { ...ticket, scope: screeningTag('moved-away') } }],
  ['seat_released', 'a ticket whose seat went', { holder: { state: 'released' } }],
  ['seat_released', 'a booking whose seat went', { code: badge, holder: { booked: false, released: true } }],
  ['wrong_area', 'a badge without the area', { code: badge, door: { areas: ['B'] } }],
  ['function_not_allowed', 'a class without a share', { code: badge, holder: { allowed: false } }],
  ['not_approved', 'not approved', { code: badge, holder: { state: 'not_approved' } }],
  ['unpaid', 'charged back', { holder: { state: 'unpaid' } }],
  ['cancelled', 'refunded', { holder: { state: 'ended' } }],
  ['cancelled', 'refunded after it was used', { holder: { state: 'ended', entry: inside } }],
  ['suspended', 'suspended', { code: badge, holder: { state: 'suspended' } }],
  ['revoked', 'revoked, used too', { code: badge, holder: { state: 'revoked', entry: inside } }],
  ['replaced', 'an older badge', { code: badge, holder: { state: 'replaced' } }],
  ['reported_lost', 'a lost badge', { code: badge, holder: { state: 'reported_lost' } }],
  ['quota_exhausted', 'a share with none left', { code: badge, holder: { shareLeft: 0 } }],
  ['needs_ticket_too', 'no booking', { code: badge, holder: { booked: false } }],
  ['room_full', 'as many as there may be', { door: { capacity: { of: 10, inside: 10 } } }],
  ['photo_check_required', 'everybody is looked at', { code: badge, door: { photo: { kind: 'required' } } }],
  ['photo_check_required', 'by lot', { code: badge, door: { photo: { kind: 'random', percent: 100 } } }],
  ['proof_required', 'a concession', { holder: { proof } }],
  ['list_stale', 'a list of this morning', { door: { list: { ageMs: 61_000, staleAfterMs: 60_000 } } }],
  [
    'list_stale',
    'newer than the list',
    { holder: { state: 'unlisted' }, door: { list: { ageMs: 61_000, staleAfterMs: 90_000 } } },
  ],
];

describe('the verdict', () => {
  it.each(SITUATIONS)('%s: %s', (wanted, _, situation) => {
    expect(verdict(situation).verdict).toBe(wanted);
  });
  it('has a situation for every code, three texts each, and its row in the guide', () => {
    expect(new Set(SITUATIONS.map(([code]) => code))).toEqual(new Set(Object.keys(VERDICTS)));
    expect(Object.keys(VERDICT_GUIDE).sort()).toEqual(Object.keys(VERDICTS).sort());
    for (const row of Object.values(VERDICTS))
      for (const text of [row.text, row.advice])
        expect(Object.values(text).every((words) => words.length > 3 && !words.includes('!'))).toBe(true);
  });
  it('is never answered otherwise by an override; only who goes in is', () => {
    for (const [code, , situation] of SITUATIONS) {
      const { admitted, overridable } = VERDICTS[code];
      const overruled = verdict({
        ...situation,
        shown: { ...situation.shown, answers: { ...situation.shown?.answers, override: true } },
      });
      expect(overruled.verdict).toBe(code);
      expect(overruled.admitted).toBe(overridable ? 'yes' : admitted);
      expect(overruled.overridden).toBe(overridable);
    }
  });
  it('is a no when the photo differs or the paper is missing', () => {
    const photo: Situation = { code: badge, door: { photo: { kind: 'required' } } };
    expect(verdict(photo).admitted).toBe('ask');
    expect(verdict({ ...photo, shown: { answers: { photo: 'differs' } } }).admitted).toBe('no');
    expect(verdict({ holder: { proof }, shown: { answers: { proof: 'missing' } } })).toMatchObject({
      verdict: 'proof_required',
      admitted: 'no',
    });
  });
  it('draws the lot of a photo from the scan’s id: about as often as the rule says, alike on both sides', () => {
    const ids = Array.from({ length: 4_000 }, (_, i) => `0198c0de-0000-7000-8000-${i.toString(16).padStart(12, '0')}`);
    const drawn = ids.filter((id) => lotOf(id) < 20).length / ids.length;
    expect(drawn).toBeGreaterThan(0.15);
    expect(drawn).toBeLessThan(0.25);
    expect(lotOf(ids[7]!.toUpperCase())).toBe(lotOf(ids[7]!));
  });
});
