import { festivalNow, offsetFrom } from './clock.rules';
import { DuplicateGuard } from './duplicate-guard.rules';
import { pairingCodeIn } from './pairing.rules';
import { afterTry, isPin, NO_TRIES, type PinTries, secondsLocked } from './pin.rules';
import { pauseAfter } from './retry.rules';
import { TypedBurst } from './typed-burst.rules';
import { goesAt, yields } from './verdict-life.rules';

describe('a code in view', () => {
  it('is one scan as long as it is held up, and another one three seconds after it went', () => {
    const guard = new DuplicateGuard();
    expect(guard.sees('a', 0)).toBe(true);
    guard.judged(500);
    for (let now = 600; now < 9_000; now += 900) expect(guard.sees('a', now)).toBe(false);
    expect(guard.sees('a', 12_000)).toBe(true);
  });
  it('stays the same one while a verdict that does not yield is read', () => {
    const guard = new DuplicateGuard();
    guard.sees('a', 0);
    guard.judged(100);
    guard.stays('a', 2_900);
    expect(guard.sees('a', 5_000)).toBe(false);
  });
  it('gives way to another at once', () => {
    const guard = new DuplicateGuard();
    guard.sees('a', 0);
    expect(guard.sees('b', 10)).toBe(true);
    expect(guard.sees('a', 20)).toBe(true);
  });
});

describe('a verdict on the screen', () => {
  it('goes by itself when it let somebody in', () => {
    expect(goesAt({ admitted: 'yes', since: 100 })).toBe(1_300);
    expect(goesAt({ admitted: 'no', since: 100 })).toBeUndefined();
    expect(goesAt({ admitted: 'ask', since: 100 })).toBeUndefined();
  });
  it('stays when the rest of a group may come in with one tap, and yields to the next code all the same', () => {
    const part = { admitted: 'yes', since: 100, group: { left: 2 }, direction: 'in' } as const;
    expect(goesAt(part)).toBeUndefined();
    expect(yields(part, 101)).toBe(true);
    expect(goesAt({ ...part, group: { left: 0 } })).toBe(1_300);
    expect(goesAt({ ...part, direction: 'out' })).toBe(1_300);
  });
  it('yields to the next code: an ok at once, a refusal after two seconds, a question never', () => {
    expect(yields({ admitted: 'yes', since: 0 }, 1)).toBe(true);
    expect(yields({ admitted: 'no', since: 0 }, 1_999)).toBe(false);
    expect(yields({ admitted: 'no', since: 0 }, 2_000)).toBe(true);
    expect(yields({ admitted: 'ask', since: 0 }, 60_000)).toBe(false);
  });
});

describe('what is typed', () => {
  function type(text: string, gap: number, inField: boolean): string | undefined {
    const burst = new TypedBurst();
    for (const [place, key] of [...text].entries()) burst.press(key, place * gap, inField);
    return burst.press('Enter', text.length * gap, inField);
  }
  it('is a scanner’s when it comes faster than any hand, in a field too', () => {
    expect(type('6BF9%C', 5, true)).toBe('6BF9%C');
    expect(type('6BF9%C', 5, false)).toBe('6BF9%C');
  });
  it('is a person’s in a field, and a slow cable’s where nobody writes', () => {
    expect(type('6BF9%C', 180, true)).toBeUndefined();
    expect(type('6BF9%C', 180, false)).toBe('6BF9%C');
    expect(type('6BF9%C', 900, false)).toBeUndefined();
  });
  it('is no code when it is short, or broken by another key', () => {
    expect(type('12345', 5, false)).toBeUndefined();
    const burst = new TypedBurst();
    for (const key of ['A', 'B', 'C', 'Tab', 'D', 'E', 'F']) burst.press(key, 1, false);
    expect(burst.press('Enter', 1, false)).toBeUndefined();
  });
  it('presses no button once it can only be a scanner', () => {
    const burst = new TypedBurst();
    burst.press('A', 0, false);
    expect(burst.running).toBe(false);
    burst.press(' ', 10, false);
    expect(burst.running).toBe(true);
    burst.press(' ', 500, false);
    expect(burst.running).toBe(false);
  });
});

describe('a pairing code', () => {
  it('is found in the address of the QR, and as it is typed', () => {
    expect(pairingCodeIn('https://aff.kz/scanner#pair=0123456789ABCDEF')).toBe('0123456789ABCDEF');
    expect(pairingCodeIn('0123 4567-89ab cdef')).toBe('0123456789ABCDEF');
    expect(pairingCodeIn('OI23456789ABCDEF')).toBe('0123456789ABCDEF');
  });
  it('is not what only looks like one', () => {
    for (const text of ['', 'https://aff.kz/scanner', 'https://aff.kz/0123456789ABCDEF', '0123', 'U123456789ABCDEF'])
      expect(pairingCodeIn(text)).toBeUndefined();
  });
});

describe('a PIN', () => {
  async function told(digits: string) {
    const salt = new Uint8Array(16).fill(7);
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1_000 }, key, 256);
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
    return { salt: text(salt), hash: text(new Uint8Array(bits)), iterations: 1_000 };
  }
  it('is known by its hash alone', async () => {
    const pin = await told('2468');
    expect(await isPin('2468', pin)).toBe(true);
    expect(await isPin('2469', pin)).toBe(false);
  });
  it('is closed for a minute after five wrong tries', () => {
    let tries: PinTries = NO_TRIES;
    for (let n = 0; n < 4; n++) tries = afterTry(tries, false, 1_000);
    expect(secondsLocked(tries, 1_000)).toBe(0);
    tries = afterTry(tries, false, 1_000);
    expect(secondsLocked(tries, 1_000)).toBe(60);
    expect(secondsLocked(tries, 61_000)).toBe(0);
    expect(afterTry(tries, true, 61_000)).toEqual(NO_TRIES);
  });
});

describe('time', () => {
  it('is the server’s, whatever the device’s clock says', () => {
    const offsetMs = offsetFrom(new Date('2026-09-16T13:00:00Z'), 1_000, 1_400);
    expect(offsetMs).toBe(Date.parse('2026-09-16T13:00:00Z') - 1_200);
    expect(festivalNow(1_200, { offsetMs, festivalOffsetMs: 3_600_000 }).toISOString()).toBe(
      '2026-09-16T14:00:00.000Z',
    );
  });
  it('between tries grows to half a minute and is never the same for all gates', () => {
    expect([1, 2, 3, 4, 5, 9].map((failures) => pauseAfter(failures, 0.5))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000,
    ]);
    expect(pauseAfter(3, 0)).toBeLessThan(pauseAfter(3, 0.99));
  });
});
