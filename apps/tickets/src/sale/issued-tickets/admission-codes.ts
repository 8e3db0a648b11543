import { sign } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AdmissionKey,
  type AdmissionKeys,
  editionTag,
  importAdmissionKey,
  screeningTag,
  writeAdmissionCode,
} from '#libs/admission-code';
import { onceItSucceeds } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { partUnavailable, publicKeyOf, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';

const KEPT = 20_000;
/** How soon the badge keys are asked for again after accreditations did not answer. */
const ASK_AGAIN_MS = 5_000;

/** Nobody's id: asking for it asks for all. */
const NO_KEY = 0;

/** Writes the codes of tickets, and knows the public keys of all codes of the festival. */
@Injectable()
export class AdmissionCodes {
  private readonly editions = new Map<string, { from: Date; until: Date }>();
  private readonly written = new Map<string, string>();
  private readonly own = onceItSucceeds(() => this.ownKeys());
  private badges: AdmissionKeys = new Map();
  private askedAt = 0;

  constructor(
    private readonly database: Database,
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & { ACCREDITATIONS_URL: string },
  ) {}

  async forTicket(edition: string, screening: string, serial: string): Promise<string> {
    const known = this.written.get(serial);
    if (known) return known;
    const validity = await this.validity(edition);
    const code = await writeAdmissionCode(
      {
        kind: 'ticket',
        keyId: this.settings.ADMISSION_KEY_ID,
        editionTag: editionTag(edition),
        serial,
        validFrom: validity.from,
        validUntil: validity.until,
        scope: screeningTag(screening),
      },
      (bytes) => sign(null, bytes, this.settings.ADMISSION_KEY),
    );
    if (this.written.size >= KEPT) this.written.clear();
    this.written.set(serial, code);
    return code;
  }

  /** Every key that signs codes: ours, and those of badges. A badge key unknown so far is asked for, not guessed. */
  async keys(wanted?: number): Promise<AdmissionKeys> {
    const own = await this.own();
    if (wanted !== undefined && !own.has(wanted) && !this.badges.has(wanted)) await this.askForBadgeKeys();
    return new Map([...own, ...this.badges]);
  }

  /** The same as gates keep them, 32 bytes in base64url; a badge key that nobody has told yet is asked for. */
  async publicKeys(): Promise<{ id: number; publicKey: string }[]> {
    const keys = await this.keys(this.badges.size === 0 ? NO_KEY : undefined);
    return Promise.all(
      [...keys].map(async ([id, key]) => ({
        id,
        publicKey: Buffer.from(await crypto.subtle.exportKey('raw', key)).toString('base64url'),
      })),
    );
  }

  private async ownKeys(): Promise<AdmissionKeys> {
    const raw = publicKeyOf(this.settings.ADMISSION_KEY).export({ format: 'jwk' }).x ?? '';
    const keys = new Map([[this.settings.ADMISSION_KEY_ID, await importAdmissionKey(raw)]]);
    for (const [id, key] of Object.entries(JSON.parse(this.settings.BADGE_KEYS) as Record<string, string>))
      keys.set(Number(id), await importAdmissionKey(key));
    return keys;
  }

  private async askForBadgeKeys(): Promise<void> {
    if (Date.now() - this.askedAt < ASK_AGAIN_MS) return;
    this.askedAt = Date.now();
    try {
      const answer = await this.services.call(
        'accreditations',
        'GET',
        `${this.settings.ACCREDITATIONS_URL}/internal/badge-keys`,
        undefined,
        { timeoutMs: 1_500 },
      );
      const keys = new Map<number, AdmissionKey>();
      for (const [id, key] of Object.entries((answer.body ?? {}) as Record<string, string>))
        keys.set(Number(id), await importAdmissionKey(key));
      this.badges = keys;
    } catch (error) {
      this.askedAt = Date.now();
      if (!(error instanceof Error && error.message === partUnavailable.code)) throw error;
    }
  }

  private async validity(edition: string): Promise<{ from: Date; until: Date }> {
    const known = this.editions.get(edition);
    if (known) return known;
    const [row] = await this.database.hot<{ from: string; to: string }>(
      'edition-validity',
      'SELECT date_from AS from, date_to AS to FROM edition_copy WHERE edition_id = $1',
      [edition],
    );
    if (!row) throw new Error(`the edition ${edition} is not known here yet`);
    // A day of margin on both sides: the days are the venue's, the code counts them in UTC.
    const validity = {
      from: new Date(Date.parse(`${row.from}T00:00:00Z`) - 86_400_000),
      until: new Date(Date.parse(`${row.to}T00:00:00Z`) + 86_400_000),
    };
    this.editions.set(edition, validity);
    return validity;
  }
}
