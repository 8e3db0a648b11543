import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import { CarrierBusy, CarrierRefused, type ShortMessage, type ShortMessageCarrier } from '../sending/carrier.js';
import type { NotificationsSettings } from '../settings.js';

/** What the provider says (smsc.kz/api/http): an id, or a number of an error. */
interface Answer {
  id?: number | string;
  error_code?: number;
}

const ANSWER_WITHIN_MS = 15_000;
/** Three parts of 67 Cyrillic letters: what is longer costs more than it says. */
const LONGEST = 201;
/** A message that is forbidden, a number that is none, a number that cannot be reached: another try says the same. */
const FOR_GOOD = new Set([6, 7, 8]);

/** The provider keeps messages apart by a number from 1 to 2147483647: the same delivery is the same message there. */
export function messageNumber(deliveryId: string): number {
  return (Number.parseInt(deliveryId.replaceAll('-', '').slice(-8), 16) % 2_147_483_646) + 1;
}

/** Short messages by smsc.kz over HTTPS. */
@Injectable()
export class SmscCarrier implements ShortMessageCarrier {
  constructor(@Inject(SETTINGS) private readonly settings: NotificationsSettings) {}

  async carry({ id, to, title, link }: ShortMessage): Promise<void> {
    const { SMS_URL, SMS_LOGIN, SMS_PASSWORD, SMS_SENDER } = this.settings;
    if (this.settings.SMS_PROVIDER === 'none' || !SMS_LOGIN || !SMS_PASSWORD) throw new CarrierRefused('sms-off');
    const words = `${title} ${link}`;
    const form = new URLSearchParams({
      login: SMS_LOGIN,
      psw: SMS_PASSWORD,
      phones: to,
      mes: words.length <= LONGEST ? words : title.slice(0, LONGEST),
      id: String(messageNumber(id)),
      charset: 'utf-8',
      fmt: '3',
      ...(SMS_SENDER && { sender: SMS_SENDER }),
    });
    const response = await fetch(`${SMS_URL}/sys/send.php`, {
      method: 'POST',
      body: form,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!response.ok) throw new CarrierBusy(`sms-http-${response.status}`);
    const { error_code: error } = (await response.json()) as Answer;
    if (error === undefined) return;
    if (FOR_GOOD.has(error)) throw new CarrierRefused(`sms-${error}`);
    throw new CarrierBusy(`sms-${error}`);
  }
}
