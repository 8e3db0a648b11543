import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Api } from 'grammy';
import { SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';

const ANSWER_WITHIN_SECONDS = 40;

/** The bot's way to Telegram; undefined where the festival has no bot, and then its library is not loaded either. */
@Injectable()
export class TelegramApi implements OnModuleInit {
  api?: Api;

  constructor(@Inject(SETTINGS) private readonly settings: NotificationsSettings) {}

  async onModuleInit(): Promise<void> {
    const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_URL: apiRoot } = this.settings;
    if (!token) return;
    const { Api: Client } = await import('grammy');
    this.api = new Client(token, { apiRoot, timeoutSeconds: ANSWER_WITHIN_SECONDS, sensitiveLogs: false });
  }
}
