import { Controller, Headers, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, Answers, signedBytes } from '#libs/service-defaults';
import { HearStripe } from './hear-stripe.js';

@Controller()
export class StripeController {
  constructor(private readonly stripe: HearStripe) {}

  @Post('payments/stripe/webhook')
  @Access('public')
  @Answers('Stripe tells what became of a payment page; signed over the raw bytes')
  async webhook(
    @Req() request: FastifyRequest,
    @Headers('stripe-signature') signature: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const status = await this.stripe.webhook(signedBytes(request), signature ?? '');
    void reply.status(status).send({ received: status === 200 });
  }
}
