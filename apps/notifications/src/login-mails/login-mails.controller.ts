import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { LoginMailTaken, SendLoginMail as SendLoginMailBody } from '#libs/contracts';
import { Access, Answers, valid } from '#libs/service-defaults';
import { SendLoginMail } from './send-login-mail.js';

@Controller('internal/login-mails')
export class LoginMailsController {
  constructor(private readonly mails: SendLoginMail) {}

  @Post()
  @HttpCode(202)
  @Access('service')
  @Answers('The mail is queued.', LoginMailTaken)
  async take(@Body(valid(SendLoginMailBody)) body: SendLoginMailBody): Promise<LoginMailTaken> {
    return { deliveryId: await this.mails.execute(body) };
  }
}
