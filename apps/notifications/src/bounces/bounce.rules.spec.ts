import { endsAddress, kindOf, readDeliveryStatus } from './bounce.rules.js';

const STATUS = [
  'Reporting-MTA: dns; mx.example.kz',
  'Arrival-Date: Mon, 16 Sep 2019 10:00:00 +0600',
  '',
  'Final-Recipient: rfc822; aigerim@example.kz',
  'Action: failed',
  'Status: 5.1.1 (no such user)',
  'Diagnostic-Code: smtp; 550 5.1.1',
  '  there is nobody of that name',
  '',
  'Original-Recipient: rfc822;full@example.kz',
  'Final-Recipient: RFC822;full@example.kz',
  'Action: Delayed',
  'Status: 4.2.2',
].join('\r\n');

describe('what comes back', () => {
  it('is read recipient by recipient, folded lines and all', () => {
    expect(readDeliveryStatus(STATUS)).toEqual([
      { recipients: ['aigerim@example.kz'], action: 'failed', status: '5.1.1' },
      { recipients: ['full@example.kz', 'full@example.kz'], action: 'delayed', status: '4.2.2' },
    ]);
    expect(readDeliveryStatus('hello\n\nI am on holiday')).toEqual([]);
  });

  it('is for good, for now, or no failure at all', () => {
    expect(readDeliveryStatus(STATUS).map(kindOf)).toEqual(['permanent', undefined]);
    expect(kindOf({ recipients: ['a'], action: 'failed', status: '4.4.7' })).toBe('transient');
    expect(kindOf({ recipients: ['a'], action: 'failed', status: undefined })).toBe('permanent');
  });

  it('ends an address only where it speaks of the address', () => {
    expect(['5.1.1', '5.1.6', '5.1.10', '5.2.0', '5.2.1', '5.4.1', '5.4.4'].map(endsAddress)).toEqual(
      Array(7).fill(true),
    );
    // 5.1.7 and 5.1.8 speak of the sender, 5.0.0 of nothing.
    const others = ['5.0.0', '5.1.0', '5.1.7', '5.1.8', '5.2.2', '5.3.4', '5.7.1', '4.1.1', undefined];
    expect(others.map(endsAddress)).toEqual(others.map(() => false));
  });
});
