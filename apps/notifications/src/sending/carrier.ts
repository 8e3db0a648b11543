/** The other side said no for good: trying again would only annoy it. */
export class CarrierRefused extends Error {
  /** @param status enhanced code of a mail server, RFC 3463 */
  constructor(
    readonly code: string,
    readonly status?: string,
  ) {
    super(code);
  }
}

/** The other side asks for patience. */
export class CarrierBusy extends Error {
  /** @param afterMs how long it asks to wait; undefined: as we please */
  constructor(
    readonly code: string,
    readonly afterMs?: number,
  ) {
    super(code);
  }
}

/** It went over and no answer came: it may have been taken. */
export class CarrierUnclear extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What a failure calls itself; the other side's own words may quote an address and are kept nowhere. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code).toLowerCase();
  return error instanceof Error ? error.name.toLowerCase() : 'unknown';
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether a failure says that nothing reached the other side; libraries hide what happened as a cause. */
export function neverConnected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && NEVER_CONNECTED.has(String(error.code))) return true;
  return ('cause' in error && neverConnected(error.cause)) || ('error' in error && neverConnected(error.error));
}

/** A short message as Telegram and SMS carry it. */
export interface ShortMessage {
  /** The delivery's. */
  id: string;
  /** A chat or a number. */
  to: string;
  title: string;
  text: string;
  link: string;
}

/**
 * How short messages leave the house; one implementation for each provider.
 * @throws {CarrierRefused} when there is no way to that chat or number, {CarrierBusy} when it asks to wait; anything else: it may have been taken
 */
export interface ShortMessageCarrier {
  carry(message: ShortMessage): Promise<void>;
}
export const TELEGRAM_CARRIER = Symbol('telegram-carrier');
export const SMS_CARRIER = Symbol('sms-carrier');
