import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BadgeDocuments as BadgeDocumentsView, BadgeKeys, MyBadgeOf, MyBadges } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, notFound, valid } from '#libs/service-defaults';
import { badgeUnknown } from './badge.refusals.js';
import { shortCode } from './badge.rules.js';
import { BadgeCodes } from './badge-codes.js';
import { BadgeDocuments } from './badge-documents.js';
import { BadgesQueries } from './badges.queries.js';

const badgeId = new ParseUUIDPipe({ exceptionFactory: () => notFound() });

@Controller()
export class BadgesController {
  constructor(
    private readonly badges: BadgesQueries,
    private readonly documents: BadgeDocuments,
    private readonly codes: BadgeCodes,
  ) {}

  @Get('badges/mine')
  @Access('person')
  @Answers('The badges that I hold, with the code of a living one.', MyBadges)
  mine(@CallerParam() caller: Caller, @Query(valid(MyBadgeOf)) query: MyBadgeOf): Promise<MyBadges> {
    return this.badges.mine(caller.id, query.edition);
  }

  @Get('badges/mine/pdf')
  @Access('person')
  @Answers('My living badge as a PDF of A6.')
  async minePdf(
    @CallerParam() caller: Caller,
    @Query(valid(MyBadgeOf)) query: MyBadgeOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const badge = await this.badges.liveOf(caller.id, query.edition);
    const pdf = await this.documents.pdf(badge);
    await reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', `attachment; filename="badge-${shortCode(badge.serial).replace(' ', '')}.pdf"`)
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }

  @Get('internal/badge-keys')
  @Access('service')
  @Answers('Raw Ed25519 public keys of badge codes in base64url, by key id.', BadgeKeys)
  keys(): BadgeKeys {
    return this.codes.keys();
  }

  @Get('internal/badges/:id/documents')
  @Access('service')
  @Answers('What a mail about the badge carries; gone once the badge does not live.', BadgeDocumentsView)
  async documentsOf(@Param('id', badgeId) id: string): Promise<BadgeDocumentsView> {
    const badge = await this.badges.one(id);
    if (badge.state !== 'live') throw badgeUnknown({ state: badge.state });
    const pdf = await this.documents.pdf(badge);
    return { pdf: pdf.toString('base64'), link: this.documents.link(), shortCode: shortCode(badge.serial) };
  }
}
