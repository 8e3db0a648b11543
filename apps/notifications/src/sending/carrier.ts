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
 * @throws {CarrierRefused} when there is no way to that chat or number, {CarrierBusy} when it asks to wait
 */
export interface ShortMessageCarrier {
  carry(message: ShortMessage): Promise<void>;
}
export const TELEGRAM_CARRIER = Symbol('telegram-carrier');
export const SMS_CARRIER = Symbol('sms-carrier');
