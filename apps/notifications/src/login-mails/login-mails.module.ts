import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { LoginMailsController } from './login-mails.controller.js';
import { SendLoginMail } from './send-login-mail.js';

@Module({
  imports: [DeliveriesModule],
  controllers: [LoginMailsController],
  providers: [SendLoginMail],
})
export class LoginMailsModule {}
