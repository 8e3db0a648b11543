import { readUnsubscribeToken, unsubscribeToken } from '../preferences/unsubscribe-token.rules.js';
import { deliveryOf, returnPath } from './return-path.rules.js';

const key = Buffer.alloc(32, 1);
const other = Buffer.alloc(32, 2);
const id = '019d2c3e-0000-7000-8000-0000000000a1';

describe('addresses and links of ours in mails', () => {
  it('a return path names its mail, fits into an address, and cannot be made up', () => {
    const path = returnPath(id, 'bounces.example', key);
    expect(path.split('@')[0]!.length).toBeLessThanOrEqual(64);
    expect(deliveryOf(path.toUpperCase(), 'bounces.example', key)).toBe(id);
    expect(deliveryOf(path, 'bounces.example', other)).toBeUndefined();
    expect(deliveryOf(path, 'elsewhere.example', key)).toBeUndefined();
    expect(deliveryOf(path.replace('a1-', 'a2-'), 'bounces.example', key)).toBeUndefined();
    expect(deliveryOf('tickets@bounces.example', 'bounces.example', key)).toBeUndefined();
  });

  it('a link that leaves names a person and a class that may be left, and cannot be made up', () => {
    const token = unsubscribeToken(id, 'reminder', key);
    expect(readUnsubscribeToken(token, key)).toEqual({ personId: id, deliveryClass: 'reminder' });
    expect(readUnsubscribeToken(token, other)).toBeUndefined();
    expect(readUnsubscribeToken(unsubscribeToken(id, 'money' as 'reminder', key), key)).toBeUndefined();
    expect(readUnsubscribeToken(`${token}x`, key)).toBeUndefined();
    expect(readUnsubscribeToken('', key)).toBeUndefined();
  });
});
