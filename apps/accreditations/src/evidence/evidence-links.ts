import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, SECOND } from '#libs/kernel';
import { CLOCK, SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { evidenceLinkEnded } from './evidence.refusals.js';

const LIVES_MS = 60 * SECOND;

export interface EvidenceLink {
  /** Instant in ms (machine time) at which it ends. */
  until: number;
  signature: string;
}

/** Links to one file for one officer and one minute: seen over a shoulder or found in a log, they open nothing. */
@Injectable()
export class EvidenceLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SETTINGS) settings: AccreditationsSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', settings.DATA_KEY, 'seans', 'accreditations/evidence-links', 32));
  }

  make(file: string, officer: string): EvidenceLink {
    const until = this.clock.now().getTime() + LIVES_MS;
    return { until, signature: this.sign(file, officer, until).toString('base64url') };
  }

  /** @throws evidence-link-ended when it is over, another's, or no link of ours */
  require(file: string, officer: string, link: EvidenceLink): void {
    const given = Buffer.from(link.signature, 'base64url');
    const ours = this.sign(file, officer, link.until);
    const genuine = given.length === ours.length && timingSafeEqual(given, ours);
    if (!genuine || link.until <= this.clock.now().getTime()) throw evidenceLinkEnded();
  }

  private sign(file: string, officer: string, until: number): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([file, officer, until]))
      .digest();
  }
}
