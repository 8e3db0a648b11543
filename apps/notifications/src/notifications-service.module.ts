import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { HearingModule } from './hearing/hearing.module.js';
import { LoginMailsModule } from './login-mails/login-mails.module.js';

@Module({
  imports: [
    MessagingModule.for({ service: 'notifications', consumes: ['people', 'tickets', 'accreditations', 'screenings'] }),
    LoginMailsModule,
    HearingModule,
  ],
})
export class NotificationsServiceModule {}
