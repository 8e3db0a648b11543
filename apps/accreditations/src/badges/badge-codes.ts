import { sign } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { areaBits, editionTag, writeAdmissionCode } from '#libs/admission-code';
import type { BadgeKeys } from '#libs/contracts';
import { publicKeyOf, SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import type { BadgeRow } from './badge.entity.js';

type Coded = Pick<BadgeRow, 'editionId' | 'serial' | 'validFrom' | 'validUntil' | 'areas'>;

/** Writes the codes of badges and gives out the public key that reads them. */
@Injectable()
export class BadgeCodes {
  constructor(@Inject(SETTINGS) private readonly settings: AccreditationsSettings) {}

  write(badge: Coded): Promise<string> {
    return writeAdmissionCode(
      {
        kind: 'badge',
        keyId: this.settings.BADGE_KEY_ID,
        editionTag: editionTag(badge.editionId),
        serial: badge.serial,
        validFrom: badge.validFrom,
        validUntil: badge.validUntil,
        scope: areaBits(badge.areas),
      },
      (bytes) => sign(null, bytes, this.settings.BADGE_KEY),
    );
  }

  /** Raw public keys in base64url, by key id. */
  keys(): BadgeKeys {
    const raw = publicKeyOf(this.settings.BADGE_KEY).export({ format: 'jwk' }).x ?? '';
    return { [String(this.settings.BADGE_KEY_ID)]: raw };
  }
}
