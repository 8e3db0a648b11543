import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { PreferencesController } from './preferences.controller.js';
import { PreferencesStore } from './preferences.store.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

@Module({
  imports: [DeliveriesModule],
  controllers: [PreferencesController, UnsubscribeController],
  providers: [PreferencesStore],
  exports: [PreferencesStore],
})
export class PreferencesModule {}
