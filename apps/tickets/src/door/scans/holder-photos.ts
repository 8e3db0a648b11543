import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HolderFace, PhotoLink } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { photoGone, scanUnknown } from './scan.refusals.js';

const LINK_MS = 60_000;

/** Photo and name of a badge's holder: by a link that lives a minute, from accreditations, kept nowhere on the way. */
@Injectable()
export class HolderPhotos {
  constructor(
    private readonly database: Database,
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & { ACCREDITATIONS_URL: string },
  ) {}

  /** For the badge that this device has just scanned. @throws scan-unknown */
  async link(caller: Caller, scanId: string): Promise<PhotoLink> {
    const [row] = await this.database.query<{ badge: string | null }>(
      `SELECT b.badge_id AS badge FROM scan s LEFT JOIN badge_copy b ON b.serial = s.serial
        WHERE s.id = $1 AND s.device_id = $2 AND s.received_at > clock_timestamp() - interval '5 minutes'`,
      [scanId, caller.id],
    );
    if (!row) throw scanUnknown();
    const until = Date.now() + LINK_MS;
    const url = row.badge && `/api/tickets/door/photos/${this.sealed(`${row.badge}.${until}`)}`;
    return { url, expiresAt: new Date(until).toISOString() };
  }

  /** @throws photo-gone */
  async face(token: string): Promise<HolderFace> {
    const [badge = '', until = '', seal = ''] = token.split('.');
    const good = Buffer.from(this.seal(`${badge}.${until}`));
    const given = Buffer.from(seal);
    if (good.length !== given.length || !timingSafeEqual(good, given) || Number(until) < Date.now()) throw photoGone();
    const answer = await this.services.call(
      'accreditations',
      'GET',
      `${this.settings.ACCREDITATIONS_URL}/internal/badges/${badge}/face`,
      undefined,
      { timeoutMs: 2_500 },
    );
    if (answer.status !== 200) throw photoGone();
    return answer.body as HolderFace;
  }

  private sealed(text: string): string {
    return `${text}.${this.seal(text)}`;
  }

  private seal(text: string): string {
    return createHmac('sha256', this.settings.TOKEN_SECRET).update(`holder-photo:${text}`).digest('base64url');
  }
}
