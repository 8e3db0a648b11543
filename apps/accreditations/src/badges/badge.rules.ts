import type { BadgeState } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';

/** A badge that lost its power for good stays as the doors' answer to whoever shows it. */
export const BADGE_CYCLE: LifeCycle<BadgeState> = {
  live: ['suspended', 'revoked', 'replaced', 'reported_lost'],
  suspended: ['live', 'revoked', 'replaced', 'reported_lost'],
  revoked: [],
  replaced: [],
  reported_lost: [],
};

/** Last eight digits of a serial in two groups, to be read out: "4F7A 90C1". */
export function shortCode(serial: string): string {
  const digits = serial.slice(-8).toUpperCase();
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/** 80 random bits as 20 hexadecimal digits. */
export function newSerial(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** How long to wait before the doors are told again; ms. */
export function gateRetryMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10));
}
