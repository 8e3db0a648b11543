import { Injectable } from '@nestjs/common';
import type { GrammyError } from 'grammy';
import { CarrierBusy, CarrierRefused, type ShortMessage, type ShortMessageCarrier } from '../sending/carrier.js';
import { TelegramApi } from './telegram-api.js';

/** What one message may hold, Bot API. */
const LONGEST = 4_096;

function isRefusal(error: unknown): error is GrammyError {
  return error instanceof Error && 'error_code' in error && typeof error.error_code === 'number';
}

/** What Telegram's refusal means: wait, give up, or another try. */
function telegramTrouble(error: unknown): unknown {
  if (!isRefusal(error)) return error;
  if (error.error_code === 429) return new CarrierBusy('telegram-429', (error.parameters.retry_after ?? 1) * 1_000);
  // 403: the bot was blocked or the account is gone; 400: there is no such chat. Others (401: a revoked token) are about us.
  if (error.error_code === 400 || error.error_code === 403) return new CarrierRefused(`telegram-${error.error_code}`);
  return new CarrierBusy(`telegram-${error.error_code}`);
}

/** Short messages to a chat that its owner linked. Plain text: nothing that somebody wrote is read as markup. */
@Injectable()
export class TelegramCarrier implements ShortMessageCarrier {
  constructor(private readonly telegram: TelegramApi) {}

  async carry({ to, title, text, link }: ShortMessage): Promise<void> {
    const { api } = this.telegram;
    if (!api) throw new CarrierRefused('telegram-off');
    try {
      await api.sendMessage(to, `${title}\n\n${text}\n\n${link}`.slice(0, LONGEST), {
        link_preview_options: { is_disabled: true },
      });
    } catch (error) {
      throw telegramTrouble(error);
    }
  }
}
