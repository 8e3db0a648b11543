import {
  ApplicationAppealed,
  ApplicationDecided,
  ApplicationDecidedWithWords,
  ApplicationLapsed,
  ApplicationReopened,
  ApplicationSubmitted,
  BadgeIssued,
  BadgeRevoked,
  ExtraDecided,
  InformationRequested,
  InformationRequestedWithWords,
  MemberInvited,
  PlaceOffered,
} from '#libs/contracts';
import { on, type Trigger, WITH_SMS } from './trigger-row.rules.js';

const step = { deliveryClass: 'accreditation', key: 'applicationId' } as const;

/** What accreditations tells. Facts that carried the officer's words are heard as long as a topic holds them. */
export const ACCREDITATIONS_TRIGGERS: readonly Trigger[] = [
  on(ApplicationSubmitted, { ...step, template: 'application-submitted' }),
  on(InformationRequested, { ...step, template: 'information-requested', attachments: 'application' }),
  on(InformationRequestedWithWords, { ...step, template: 'information-requested' }),
  on(ApplicationDecided, { ...step, template: 'application-decided', attachments: 'application' }),
  on(ApplicationDecidedWithWords, { ...step, template: 'application-decided' }),
  on(ApplicationLapsed, { ...step, template: 'application-lapsed' }),
  on(ApplicationAppealed, { ...step, template: 'application-appealed' }),
  on(ApplicationReopened, { ...step, template: 'application-reopened' }),
  on(PlaceOffered, { ...step, template: 'place-offered', channels: WITH_SMS }),
  on(BadgeIssued, { template: 'badge-issued', deliveryClass: 'badge', attachments: 'badge', key: 'badgeId' }),
  // The new badge of a replaced one has a letter of its own.
  on(BadgeRevoked, {
    template: 'badge-ended',
    deliveryClass: 'cancellation',
    key: 'badgeId',
    silent: (d) => d.state === 'replaced',
  }),
  on(MemberInvited, {
    template: 'member-invited',
    deliveryClass: 'invitation',
    attachments: 'member',
    channels: ['email'],
    key: 'memberId',
  }),
  on(ExtraDecided, { template: 'extra-decided', deliveryClass: 'accreditation', key: 'requestId' }),
];
