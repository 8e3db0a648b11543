import { Inject, Injectable } from '@nestjs/common';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { mayLeave } from '../deliveries/delivery.rules.js';
import type { LetterFacts } from '../letters/letter.rules.js';
import { writeLetter, writeMessage } from '../letters/write-letter.js';
import { unsubscribeToken } from '../preferences/unsubscribe-token.rules.js';
import type { NotificationsSettings } from '../settings.js';
import { QuietHours } from '../sms/quiet-hours.js';
import {
  CarrierBusy,
  CarrierRefused,
  CarrierUnclear,
  codeOf,
  neverConnected,
  type ShortMessageCarrier,
  SMS_CARRIER,
  TELEGRAM_CARRIER,
} from './carrier.js';
import { type Documents, FetchDocuments } from './fetch-documents.js';
import { MailCarrier } from './mail-carrier.js';
import { contentDigest, keptFacts } from './mail-content.rules.js';
import { type DueDelivery, TakeDue } from './take-due.js';

/** Another process took the try over: nothing of ours may leave any more. */
export class NoLongerOurs extends Error {}

export interface Sent {
  facts?: Partial<LetterFacts>;
  digest?: string;
}

/** One try: documents from their owner, the text in the person's language, the way out of the house. */
@Injectable()
export class SendDelivery {
  constructor(
    private readonly documents: FetchDocuments,
    private readonly due: TakeDue,
    private readonly quiet: QuietHours,
    private readonly mails: MailCarrier,
    @Inject(TELEGRAM_CARRIER) private readonly telegram: ShortMessageCarrier,
    @Inject(SMS_CARRIER) private readonly sms: ShortMessageCarrier,
    @Inject(SETTINGS) private readonly settings: CommonSettings & NotificationsSettings,
  ) {}

  async execute(delivery: DueDelivery): Promise<Sent> {
    const { address } = delivery;
    if (address === null) throw new NoLongerOurs('no-address');
    return delivery.channel === 'email' ? this.mail(delivery, address) : this.short(delivery, address);
  }

  private async mail(delivery: DueDelivery, to: string): Promise<Sent> {
    const site = this.settings.PUBLIC_URL;
    const { attachments, facts: fetched } = await this.documents.execute(delivery);
    const facts: LetterFacts = mayLeave(delivery.class)
      ? { ...fetched, unsubscribe: this.leaving(delivery.person_id, delivery.class) }
      : fetched;
    const mail = writeLetter(delivery.template, delivery.language, delivery.data, facts);
    await this.mails.whenFree(delivery.priority, () =>
      this.handOver(delivery, () =>
        this.mails.carry({
          ...mail,
          id: delivery.id,
          to,
          language: delivery.language,
          unsubscribe: facts.unsubscribe,
          maybeRepeated: delivery.maybe_repeated,
          attachments,
        }),
      ),
    );
    // A link that signs in is no secret that a preview could leave out: nothing is kept of it.
    if (delivery.class === 'login') return {};
    return { facts: keptFacts(fetched), digest: contentDigest(mail.html, facts, site) };
  }

  private leaving(personId: string, deliveryClass: string): string | undefined {
    if (!mayLeave(deliveryClass)) return undefined;
    const token = unsubscribeToken(personId, deliveryClass, this.settings.MAIL_TOKEN_KEY);
    return `${this.settings.PUBLIC_URL}/api/notifications/unsubscribe/${token}`;
  }

  /** Telegram and SMS say the same in a few words; only what a digest gathers and a reminder must know is asked for. */
  private async short(delivery: DueDelivery, to: string): Promise<Sent> {
    if (delivery.channel === 'sms' && delivery.class !== 'login') {
      const afterMs = await this.quiet.left(delivery.data);
      if (afterMs > 0) throw new CarrierBusy('quiet-hours', afterMs);
    }
    const asked: Documents | undefined = ['reminder', 'digest'].includes(delivery.attachments)
      ? await this.documents.execute(delivery)
      : undefined;
    const site = this.settings.PUBLIC_URL;
    const message = writeMessage(delivery.template, delivery.language, delivery.data, site, asked?.facts.gathered);
    const carrier = delivery.channel === 'telegram' ? this.telegram : this.sms;
    await this.handOver(delivery, () => carrier.carry({ id: delivery.id, to, ...message }));
    return {};
  }

  /** Only the try that is still ours leaves; where no answer came, it may have arrived. */
  private async handOver(delivery: DueDelivery, carry: () => Promise<void>): Promise<void> {
    if (!(await this.due.handOver(delivery))) throw new NoLongerOurs('taken-over');
    try {
      await carry();
    } catch (error) {
      if (error instanceof CarrierRefused || error instanceof CarrierBusy) throw error;
      throw neverConnected(error) ? new CarrierBusy(codeOf(error)) : new CarrierUnclear(codeOf(error));
    }
  }
}
