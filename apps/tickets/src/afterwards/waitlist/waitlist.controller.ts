import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  HeldSeats,
  JoinWaitlist as JoinWaitlistBody,
  OfferKey,
  WaitlistEntry,
  WaitlistRules as WaitlistRulesBody,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { HoldOffer } from './hold-offer.js';
import { JoinWaitlist } from './join-waitlist.js';
import { WaitlistQueries } from './waitlist.queries.js';
import { offerUnknown, waitlistUnknown } from './waitlist.refusals.js';
import { WaitlistRules } from './waitlist-rules.js';

@Controller()
export class WaitlistController {
  constructor(
    private readonly joinWaitlist: JoinWaitlist,
    private readonly holdOffer: HoldOffer,
    private readonly waitlist: WaitlistQueries,
    private readonly rules: WaitlistRules,
  ) {}

  @Post('screenings/:id/waitlist')
  @Access('visitor')
  @Answers('A place in the line', WaitlistEntry)
  join(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(JoinWaitlistBody)) body: JoinWaitlistBody,
  ): Promise<WaitlistEntry> {
    return this.joinWaitlist.execute(caller, id, key, body);
  }

  @Get('my/waitlist')
  @Access('visitor')
  @Answers('Where the caller waits or waited, newest first', Type.Array(WaitlistEntry))
  mine(@CallerParam() caller: Caller): Promise<WaitlistEntry[]> {
    return this.waitlist.mine(caller);
  }

  @Delete('waitlist/:id')
  @Access('visitor')
  @Answers('The place in the line is given up', WaitlistEntry)
  leave(@CallerParam() caller: Caller, @Param('id') id: string): Promise<WaitlistEntry> {
    if (!isId(id)) throw waitlistUnknown();
    return this.joinWaitlist.leave(caller, id);
  }

  @Get('offers/:id')
  @Access('public')
  @Answers('The offer and the place it belongs to, for whoever waits or has the link', WaitlistEntry)
  async offer(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(OfferKey)) query: OfferKey,
  ): Promise<WaitlistEntry> {
    return this.waitlist.shape(await this.waitlist.byOffer(caller, known(id), query.key));
  }

  @Post('offers/:id/hold')
  @HttpCode(200)
  @Access('visitor')
  @Answers('The offered seats as a hold for the usual checkout; the order names the offer', HeldSeats)
  hold(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(OfferKey)) body: OfferKey,
  ): Promise<HeldSeats> {
    return this.holdOffer.execute(caller, known(id), body);
  }

  /** What a mail carries; the link never stands in an event. */
  @Get('internal/offers/:id/documents')
  @Access('service')
  async forMail(@Param('id') id: string): Promise<{ link: string }> {
    return { link: await this.waitlist.link(known(id)) };
  }

  @Get('editions/:id/waitlist-rules')
  @Access('public')
  @Answers('How people wait here', WaitlistRulesBody)
  waitlistRules(@Param('id') edition: string): Promise<WaitlistRulesBody> {
    return this.rules.of(edition);
  }

  @Put('editions/:id/waitlist-rules')
  @Access('programmer', 'house-manager')
  @Answers('How people wait here', WaitlistRulesBody)
  setWaitlistRules(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(WaitlistRulesBody)) body: WaitlistRulesBody,
  ): Promise<WaitlistRulesBody> {
    return this.rules.set(caller, edition, body);
  }
}

function known(id: string): string {
  if (!isId(id)) throw offerUnknown();
  return id;
}
