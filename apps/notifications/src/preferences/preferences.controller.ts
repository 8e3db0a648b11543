import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import {
  type Channel,
  ConfirmPhone,
  GivePhone,
  PhoneCodeSent,
  PreferencesChange,
  PreferencesView,
  TelegramLink,
} from '#libs/contracts';
import { newId } from '#libs/kernel';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  SETTINGS,
  valid,
} from '#libs/service-defaults';
import { maskedPhone } from '../deliveries/delivery.rules.js';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { Wakening } from '../deliveries/wakening.js';
import type { NotificationsSettings } from '../settings.js';
import { OWN_TRIGGERS } from '../triggers/trigger.rules.js';
import { channelNotOffered, codeWrong, tooManyCodes } from './preference.refusals.js';
import { PreferencesStore } from './preferences.store.js';

/** What a person wants to hear, and where. */
@Controller()
export class PreferencesController {
  constructor(
    private readonly preferences: PreferencesStore,
    private readonly queue: QueueDelivery,
    private readonly idempotency: Idempotency,
    private readonly wakening: Wakening,
    @Inject(SETTINGS) private readonly settings: NotificationsSettings,
  ) {}

  @Get('preferences')
  @Access('person')
  @Answers('What the person hears, and where.', PreferencesView)
  async show(@CallerParam() caller: Caller): Promise<PreferencesView> {
    const row = await this.preferences.of(caller.id);
    const offered: Channel[] = ['email', 'in-app'];
    if (this.settings.TELEGRAM_BOT_TOKEN) offered.push('telegram');
    if (this.settings.SMS_PROVIDER !== 'none') offered.push('sms');
    return {
      classes: { booking: !row.left_classes.includes('booking'), reminder: !row.left_classes.includes('reminder') },
      telegram: row.telegram,
      sms: row.sms,
      telegramLinked: row.chat_id !== null,
      phone: row.phone === null ? null : maskedPhone(row.phone),
      offered,
    };
  }

  @Put('preferences')
  @Access('person')
  @Answers('The same, changed.', PreferencesView)
  async change(
    @Body(valid(PreferencesChange)) body: PreferencesChange,
    @CallerParam() caller: Caller,
  ): Promise<PreferencesView> {
    await this.preferences.change(caller.id, body);
    return this.show(caller);
  }

  @Post('telegram/links')
  @Access('person')
  @Answers('A link to the bot; it works once and for ten minutes, and a new one ends those before it.', TelegramLink)
  async link(@CallerParam() caller: Caller): Promise<TelegramLink> {
    if (!this.settings.TELEGRAM_BOT_TOKEN) throw channelNotOffered();
    const { code, expiresAt } = await this.preferences.chatCode(caller.id);
    const url = `https://t.me/${this.settings.TELEGRAM_BOT_NAME}?start=${code}`;
    return { url, code, expiresAt: expiresAt.toISOString() };
  }

  @Delete('telegram/links')
  @HttpCode(204)
  @Access('person')
  @Answers('Nothing more goes to Telegram.')
  async unlink(@CallerParam() caller: Caller): Promise<void> {
    await this.preferences.unlinkChatOf(caller.id);
  }

  @Post('preferences/phone')
  @HttpCode(202)
  @Access('person')
  @Answers('A code is on its way to the number.', PhoneCodeSent)
  async givePhone(
    @Body(valid(GivePhone)) body: GivePhone,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<PhoneCodeSent> {
    if (this.settings.SMS_PROVIDER === 'none') throw channelNotOffered();
    const call = { key, caller: caller.id, operation: 'give-phone', body };
    const answer = await this.idempotency.once(call, async (tx) => {
      const sent = await this.preferences.phoneCode(tx, caller.id, body.phone);
      if (!sent) throw tooManyCodes({}, { retryAfterMs: 600_000 });
      await this.queue.within(tx, {
        fact: newId(),
        personId: caller.id,
        trigger: OWN_TRIGGERS['phone-code'],
        key: caller.id,
        data: { code: sent.code },
        address: body.phone,
        expiresAt: sent.expiresAt,
      });
      return { expiresAt: sent.expiresAt.toISOString() };
    });
    this.wakening.call();
    return answer;
  }

  @Post('preferences/phone/confirmation')
  @HttpCode(200)
  @Access('person')
  @Answers('The number is confirmed.', PreferencesView)
  async confirmPhone(
    @Body(valid(ConfirmPhone)) body: ConfirmPhone,
    @CallerParam() caller: Caller,
  ): Promise<PreferencesView> {
    if (!(await this.preferences.confirmPhone(caller.id, body.code))) throw codeWrong();
    return this.show(caller);
  }

  @Delete('preferences/phone')
  @HttpCode(204)
  @Access('person')
  @Answers('The number is forgotten.')
  async forgetPhone(@CallerParam() caller: Caller): Promise<void> {
    await this.preferences.forgetPhone(caller.id);
  }
}
