import { Inject, Injectable } from '@nestjs/common';
import { Api } from 'grammy';
import { SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';

const ANSWER_WITHIN_SECONDS = 40;

/** The bot's way to Telegram; undefined where the festival has no bot. */
@Injectable()
export class TelegramApi {
  readonly api?: Api;

  constructor(@Inject(SETTINGS) { TELEGRAM_BOT_TOKEN: token, TELEGRAM_URL: apiRoot }: NotificationsSettings) {
    if (token) this.api = new Api(token, { apiRoot, timeoutSeconds: ANSWER_WITHIN_SECONDS, sensitiveLogs: false });
  }
}
