import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { LeavableClass } from '#libs/contracts';
import { preferredLanguage } from '#libs/kernel';
import { Access, Answers, SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';
import { unsubscribeLinkUnknown } from './preference.refusals.js';
import { PreferencesStore } from './preferences.store.js';
import { askPage, donePage, STYLE } from './unsubscribe-page.js';
import { readUnsubscribeToken } from './unsubscribe-token.rules.js';

/**
 * Leaving letters of a kind by the link in them, RFC 8058: a mail program sends one POST; a person who follows the link
 * sees a page with a button, because scanners follow links too.
 */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly preferences: PreferencesStore,
    @Inject(SETTINGS) private readonly settings: NotificationsSettings,
  ) {}

  @Get('style.css')
  @Access('public')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  @Answers('How that page looks.')
  style(): string {
    return STYLE;
  }

  @Get(':token')
  @Access('public')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Answers('A page with a button; looking changes nothing.')
  ask(@Param('token') token: string, @Req() request: FastifyRequest): string {
    return askPage(this.read(token).deliveryClass, preferredLanguage(request.headers['accept-language']));
  }

  @Post(':token')
  @HttpCode(200)
  @Access('public')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Answers('Letters of that kind are left; twice is once.')
  async leave(@Param('token') token: string, @Req() request: FastifyRequest): Promise<string> {
    const { personId, deliveryClass } = this.read(token);
    await this.preferences.leave(personId, deliveryClass);
    return donePage(deliveryClass, preferredLanguage(request.headers['accept-language']));
  }

  private read(token: string): { personId: string; deliveryClass: LeavableClass } {
    const said = readUnsubscribeToken(token, this.settings.MAIL_TOKEN_KEY);
    if (!said) throw unsubscribeLinkUnknown();
    return said;
  }
}
