import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { isLanguage, type LocalText, newId, normaliseCode } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { PreferencesStore } from '../preferences/preferences.store.js';
import { TelegramApi } from './telegram-api.js';

/** Telegram keeps the question open until somebody writes. */
const ASK_FOR_SECONDS = 25;
const LEASE_SECONDS = 60;
const AFTER_TROUBLE_MS = 5_000;

const LINKED: LocalText = {
  kk: 'Дайын: енді фестивальдің қысқа хабарлары осында келеді. Тоқтату үшін /stop деп жазыңыз.',
  ru: 'Готово: короткие сообщения фестиваля будут приходить сюда. Чтобы остановить, напишите /stop.',
  en: 'Done: short messages of the festival come here from now on. Write /stop to end that.',
};
const UNKNOWN: LocalText = {
  kk: 'Сілтеме ескірген. Сайттағы баптаулардан жаңасын ашыңыз.',
  ru: 'Ссылка устарела. Откройте новую в настройках на сайте.',
  en: 'That link is too old. Please open a new one from the settings on the site.',
};
const STOPPED: LocalText = {
  kk: 'Жақсы, енді мұнда жазбаймыз.',
  ru: 'Хорошо, больше сюда не пишем.',
  en: 'All right, nothing more comes here.',
};

/** A code of ours, as a link brings it or as somebody types it. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Hears who links a chat (/start CODE, or the code alone) or leaves (/stop). One process of all asks at a time; what was heard is not asked again. */
@Injectable()
export class ReadTelegramJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private readonly holder = newId();
  private readonly leaving = new AbortController();
  private running?: Promise<void>;

  constructor(
    private readonly telegram: TelegramApi,
    private readonly database: Database,
    private readonly preferences: PreferencesStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.telegram.api) this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.leaving.abort();
    this.nap.endForGood();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.leaving.signal.aborted) {
      try {
        const next = await this.lease();
        if (next === undefined) await this.nap.sleep(AFTER_TROUBLE_MS);
        else await this.read(next);
      } catch (error) {
        if (this.leaving.signal.aborted) return;
        this.logger.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'Telegram does not answer');
        await this.nap.sleep(AFTER_TROUBLE_MS);
      }
    }
  }

  /** The first update that is not heard yet; undefined while another process asks. */
  private async lease(): Promise<number | undefined> {
    const [mine] = await this.database.query<{ next_update: string }>(
      `WITH mine AS (
         UPDATE telegram_reader SET holder = $1, until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
          WHERE holder = $1 OR until < clock_timestamp() RETURNING next_update)
       SELECT next_update FROM mine`,
      [this.holder],
    );
    return mine && Number(mine.next_update);
  }

  private async read(offset: number): Promise<void> {
    const { api } = this.telegram;
    if (!api) return;
    const updates = await api.getUpdates(
      { offset, timeout: ASK_FOR_SECONDS, allowed_updates: ['message'] },
      this.leaving.signal as Parameters<typeof api.getUpdates>[1],
    );
    for (const { update_id: number, message } of updates) {
      if (message?.chat.type === 'private' && message.text !== undefined)
        await this.heard(String(message.chat.id), message.text, message.from?.language_code);
      await this.database.query('UPDATE telegram_reader SET next_update = greatest(next_update, $1)', [number + 1]);
    }
  }

  /** A code works once, so an update that comes twice says "too old" the second time and changes nothing. */
  private async heard(chatId: string, text: string, speaks: string | undefined): Promise<void> {
    const language = isLanguage(speaks) ? speaks : 'ru';
    const [command = '', typed = ''] = text.trim().split(/\s+/);
    const code = normaliseCode(command === '/start' ? typed : command);
    if (CODE.test(code)) {
      const linked = await this.preferences.linkChat(code, chatId);
      await this.say(chatId, (linked ? LINKED : UNKNOWN)[language]);
    } else if (command === '/stop') {
      await this.preferences.unlinkChat(chatId);
      await this.say(chatId, STOPPED[language]);
    }
  }

  /** An answer that does not arrive changes nothing of what was done. */
  private async say(chatId: string, text: string): Promise<void> {
    await this.telegram.api
      ?.sendMessage(chatId, text)
      .catch(() => this.logger.warn('an answer to a chat did not arrive'));
  }
}
