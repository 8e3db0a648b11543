import { Module } from '@nestjs/common';
import { PreferencesModule } from '../preferences/preferences.module.js';
import { TELEGRAM_CARRIER } from '../sending/carrier.js';
import { ReadTelegramJob } from './read-telegram.job.js';
import { TelegramApi } from './telegram-api.js';
import { TelegramCarrier } from './telegram-carrier.js';

@Module({
  imports: [PreferencesModule],
  providers: [TelegramApi, ReadTelegramJob, { provide: TELEGRAM_CARRIER, useClass: TelegramCarrier }],
  exports: [TELEGRAM_CARRIER],
})
export class TelegramModule {}
