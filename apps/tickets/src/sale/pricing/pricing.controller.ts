import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import {
  MakePromoCode,
  PriceRules,
  PriceRulesView,
  PromoCode,
  PromoCodeData,
  TriedPrices,
  TryPrices,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  requiredVersion,
  valid,
} from '#libs/service-defaults';
import { PriceRulesQueries } from './price-rules.queries.js';
import { promoUnknown } from './pricing.refusals.js';
import { PromoCodes } from './promo-codes.js';
import { SetPriceRules } from './set-price-rules.js';
import { TryPriceRules } from './try-price-rules.js';

@Controller()
export class PricingController {
  constructor(
    private readonly rules: PriceRulesQueries,
    private readonly setRules: SetPriceRules,
    private readonly codes: PromoCodes,
    private readonly trial: TryPriceRules,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('editions/:id/price-rules')
  @Access('public')
  @Answers('How the edition prices its tickets; hidden kinds of ticket are left out.', PriceRulesView)
  async view(@Param('id') edition: string): Promise<PriceRulesView> {
    const { version, rules } = await this.rules.of(edition);
    return { version, rules: { ...rules, concessions: rules.concessions.filter((one) => !one.hidden) } };
  }

  @Get('editions/:id/price-rules/all')
  @Access('admin', 'finance', 'programmer')
  @Answers('The whole price list, with its ETag.', PriceRulesView)
  async all(@Param('id') edition: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<PriceRulesView> {
    return tagged(reply, await this.rules.load(edition));
  }

  @Put('editions/:id/price-rules')
  @Access('admin', 'finance')
  @Answers('The price list as it stands now; refused when it changed since it was read (If-Match).', PriceRulesView)
  async replace(
    @Param('id') edition: string,
    @Headers('if-match') match: string | undefined,
    @CallerParam() caller: Caller,
    @Body(valid(PriceRules)) body: PriceRules,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceRulesView> {
    return tagged(reply, await this.setRules.execute(edition, requiredVersion(match), caller.id, body));
  }

  @Post('editions/:id/price-rules/trial')
  @HttpCode(200)
  @Access('admin', 'finance', 'programmer')
  @Answers('What a basket would cost by these rules; nothing is saved', TriedPrices)
  tryOut(@Param('id') edition: string, @Body(valid(TryPrices)) body: TryPrices): Promise<TriedPrices> {
    return this.trial.execute(edition, body);
  }

  @Get('editions/:id/promo-codes')
  @Access('admin', 'finance')
  @Answers('Every promo code of the edition, with its uses.', Type.Array(PromoCode))
  list(@Param('id') edition: string): Promise<PromoCode[]> {
    return this.codes.list(edition);
  }

  @Post('editions/:id/promo-codes')
  @Access('admin', 'finance')
  @Answers('A new promo code', PromoCode)
  make(
    @Param('id') edition: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(MakePromoCode)) body: MakePromoCode,
  ): Promise<PromoCode> {
    return this.idempotency.once(
      { key, caller: caller.id, operation: 'make-promo-code', body: { edition, body } },
      (tx) => this.codes.make(tx, edition, caller.id, body),
    );
  }

  @Put('promo-codes/:id')
  @Access('admin', 'finance')
  @Answers('The promo code as it stands now (If-Match with its version)', PromoCode)
  change(
    @Param('id') id: string,
    @Headers('if-match') match: string | undefined,
    @CallerParam() caller: Caller,
    @Body(valid(PromoCodeData)) body: PromoCodeData,
  ): Promise<PromoCode> {
    if (!isId(id)) throw promoUnknown();
    return this.codes.change(id, requiredVersion(match), caller.id, body);
  }
}

function tagged(reply: FastifyReply, view: PriceRulesView): PriceRulesView {
  void reply.header('ETag', `"${view.version}"`);
  return view;
}
