import { Inject, Injectable } from '@nestjs/common';
import type { IssuedTicket, Order, WalletLinks } from '#libs/contracts';
import { defineRefusal } from '#libs/kernel';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { applePass } from './apple-pass.js';
import { googleWalletLink } from './google-wallet.js';
import { developmentCertificate, type PassCertificate } from './pass-certificate.js';
import { TicketFactsReader } from './ticket-facts.js';
import { type TicketFacts, type TicketPaper, ticketPaper } from './ticket-paper.rules.js';

export const ticketNotLive = defineRefusal('ticket-not-live', 'not-found', {
  kk: 'Мұндай жарамды билет жоқ.',
  ru: 'Такого действующего билета нет.',
  en: 'There is no such valid ticket.',
});
export const walletNotOffered = defineRefusal('wallet-not-offered', 'not-found', {
  kk: 'Бұл әмиян әзірге қосылмаған. Билеттің PDF нұсқасын ашыңыз.',
  ru: 'Этот кошелёк пока не подключён. Откройте билет в PDF.',
  en: 'This wallet is not set up yet. Please open the ticket as PDF.',
});

/** Tickets for the wallets of phones; only for tickets that still open a door. */
@Injectable()
export class Wallets {
  private made?: Promise<PassCertificate>;

  constructor(
    private readonly facts: TicketFactsReader,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  /** @throws ticket-not-live */
  async links(order: Order, ticketId: string): Promise<WalletLinks> {
    const { ticket, facts, paper } = await this.ticket(order, ticketId);
    const { GOOGLE_WALLET_ISSUER, GOOGLE_WALLET_ACCOUNT, GOOGLE_WALLET_KEY, PUBLIC_URL } = this.settings;
    const path = `${PUBLIC_URL}/api/tickets/orders/${order.id}/tickets/${ticketId}/pass.pkpass?key=${order.key}`;
    return {
      apple: this.offersApple() ? path : null,
      google:
        GOOGLE_WALLET_ISSUER && GOOGLE_WALLET_ACCOUNT && GOOGLE_WALLET_KEY
          ? await googleWalletLink(ticketId, ticket.screeningId, facts, paper, order.language, {
              issuer: GOOGLE_WALLET_ISSUER,
              account: GOOGLE_WALLET_ACCOUNT,
              key: GOOGLE_WALLET_KEY(),
            })
          : null,
    };
  }

  /** @throws ticket-not-live, wallet-not-offered */
  async apple(order: Order, ticketId: string): Promise<Buffer> {
    const { facts, paper } = await this.ticket(order, ticketId);
    const certificate = await this.certificate();
    const { APPLE_PASS_TYPE, APPLE_TEAM } = this.settings;
    if (!certificate || !APPLE_PASS_TYPE || !APPLE_TEAM) throw walletNotOffered();
    return applePass(ticketId, facts, paper, order.language, {
      passType: APPLE_PASS_TYPE,
      team: APPLE_TEAM,
      certificate,
    });
  }

  private async ticket(
    order: Order,
    id: string,
  ): Promise<{ ticket: IssuedTicket; facts: TicketFacts; paper: TicketPaper }> {
    const living = this.facts.living(order);
    const index = living.findIndex((one) => one.id === id);
    const ticket = living[index];
    if (!ticket) throw ticketNotLive();
    const facts = await this.facts.ticket(order, ticket);
    return { ticket, facts, paper: ticketPaper(facts, await this.facts.order(order), index, living.length) };
  }

  private offersApple(): boolean {
    const { APPLE_PASS_CERTIFICATE, APPLE_PASS_KEY, APPLE_WWDR, APPLE_PASS_TYPE, APPLE_TEAM } = this.settings;
    if (!APPLE_PASS_TYPE || !APPLE_TEAM) return false;
    const given = Boolean(APPLE_PASS_CERTIFICATE && APPLE_PASS_KEY && APPLE_WWDR);
    return given || this.settings.SEANS_ENV !== 'production';
  }

  /** Apple's, or one made for this process where nothing is at stake. */
  private async certificate(): Promise<PassCertificate | undefined> {
    const { APPLE_PASS_CERTIFICATE, APPLE_PASS_KEY, APPLE_WWDR, APPLE_PASS_TYPE, APPLE_TEAM } = this.settings;
    if (!this.offersApple() || !APPLE_PASS_TYPE || !APPLE_TEAM) return undefined;
    if (APPLE_PASS_CERTIFICATE && APPLE_PASS_KEY && APPLE_WWDR)
      return { signer: APPLE_PASS_CERTIFICATE, key: APPLE_PASS_KEY, wwdr: APPLE_WWDR };
    this.made ??= developmentCertificate(APPLE_PASS_TYPE, APPLE_TEAM);
    return this.made;
  }
}
