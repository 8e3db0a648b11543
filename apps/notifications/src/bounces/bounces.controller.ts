import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { BounceTaken, ProviderBounce, SuppressionList } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { Access, Answers, SETTINGS, signedBytes, valid } from '#libs/service-defaults';
import { maskedAddress } from '../deliveries/delivery.rules.js';
import type { NotificationsSettings } from '../settings.js';
import { suppressionUnknown, webhookUnsigned } from './bounce.refusals.js';
import { RecordBounce } from './record-bounce.js';

interface SuppressionRow {
  id: string;
  address: string;
  reason: 'bounced' | 'complained';
  status: string | null;
  since: Date;
}

/** What comes back by the provider's webhook, and the addresses that get no more. */
@Controller()
export class BouncesController {
  private readonly webhook?: Webhook;

  constructor(
    private readonly bounces: RecordBounce,
    private readonly database: Database,
    @Inject(SETTINGS) settings: NotificationsSettings,
  ) {
    if (settings.BOUNCE_WEBHOOK_SECRET) this.webhook = new Webhook(settings.BOUNCE_WEBHOOK_SECRET);
  }

  @Post('bounces/webhook')
  @HttpCode(200)
  @Access('public')
  @Answers('Whether the mail is one of ours; the same call twice changes nothing.', BounceTaken)
  async take(@Body(valid(ProviderBounce)) body: ProviderBounce, @Req() request: FastifyRequest): Promise<BounceTaken> {
    this.requireSignature(request);
    const { messageId, recipient, status } = body.data;
    const deliveryId = /^<?([^@<>]+)@[^@<>]+>?$/.exec(messageId)?.[1] ?? '';
    if (!isId(deliveryId)) return { taken: false };
    const kind = body.type === 'mail.complained' ? 'complaint' : status?.startsWith('4') ? 'transient' : 'permanent';
    return { taken: await this.bounces.execute({ deliveryId, kind, status, recipients: [recipient.toLowerCase()] }) };
  }

  @Get('suppressions')
  @Access('admin')
  @Answers('Addresses that get no mail because it came back, masked, newest first.', SuppressionList)
  async list(): Promise<SuppressionList> {
    const rows = await this.database.query<SuppressionRow>(
      'SELECT id, address, reason, status, since FROM suppression ORDER BY since DESC, id LIMIT 500',
    );
    return {
      suppressions: rows.map((row) => ({
        ...row,
        address: maskedAddress(row.address),
        since: row.since.toISOString(),
      })),
    };
  }

  @Delete('suppressions/:id')
  @HttpCode(204)
  @Access('admin')
  @Answers('The address gets mail again.')
  async lift(@Param('id') id: string): Promise<void> {
    const found = isId(id)
      ? await this.database.query<{ id: string }>(
          'WITH gone AS (DELETE FROM suppression WHERE id = $1 RETURNING id) SELECT id FROM gone',
          [id],
        )
      : [];
    if (found.length === 0) throw suppressionUnknown();
  }

  /** Over the very bytes, within five minutes; without a secret the door is closed. */
  private requireSignature(request: FastifyRequest): void {
    const header = (name: string) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : '';
    };
    try {
      if (!this.webhook) throw webhookUnsigned();
      this.webhook.verify(signedBytes(request), {
        'webhook-id': header('webhook-id'),
        'webhook-timestamp': header('webhook-timestamp'),
        'webhook-signature': header('webhook-signature'),
      });
    } catch (error) {
      throw webhookUnsigned({}, { cause: error });
    }
  }
}
