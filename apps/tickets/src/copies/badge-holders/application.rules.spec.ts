import {
  ApplicationAppealed,
  ApplicationDecided,
  ApplicationLapsed,
  BadgeIssued,
  type Received,
} from '#libs/contracts';
import { approvedAfter } from './application.rules.js';

const told = (type: string, data: object = {}) => ({ type, data }) as unknown as Received;
const decided = (decision: string, more: object = {}) => told(ApplicationDecided.type, { decision, ...more });

describe('whether an application stands as approved', () => {
  it('is what was decided last', () => {
    expect(approvedAfter(decided('approved'))).toBe(true);
    for (const other of ['rejected', 'waitlisted', 'awaiting-payment'])
      expect(approvedAfter(decided(other))).toBe(false);
  });
  it('ends when it lapses or is argued about', () => {
    expect(approvedAfter(told(ApplicationLapsed.type))).toBe(false);
    expect(approvedAfter(told(ApplicationAppealed.type))).toBe(false);
  });
  it('is left as it was by a change that was turned down, and by everything else', () => {
    expect(approvedAfter(decided('rejected', { change: true }))).toBeUndefined();
    expect(approvedAfter(decided('approved', { change: true }))).toBe(true);
    expect(approvedAfter(told(BadgeIssued.type))).toBeUndefined();
  });
});
