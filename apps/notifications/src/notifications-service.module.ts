import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { HearingModule } from './hearing/hearing.module.js';
import { LoginMailsModule } from './login-mails/login-mails.module.js';
import { PreferencesModule } from './preferences/preferences.module.js';
import { SendingModule } from './sending/sending.module.js';

@Module({
  imports: [
    MessagingModule.for({ service: 'notifications', consumes: ['people', 'tickets', 'accreditations', 'screenings'] }),
    LoginMailsModule,
    PreferencesModule,
    SendingModule,
    HearingModule,
  ],
})
export class NotificationsServiceModule {}
