import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { EvidenceRule, EvidenceType } from '#libs/contracts';
import { disguiseOf } from './disguise.rules.js';
import { evidenceBroken, evidenceEncrypted, evidenceSuspicious, evidenceTooManyPages } from './evidence.refusals.js';
import { acceptedType, MOST_PAGES, MOST_PIXELS, type StoredFile } from './evidence.rules.js';
import { EvidenceFiles } from './evidence-files.store.js';
import { lookIntoPdf } from './pdf-paper.rules.js';
import { Pictures } from './pictures.js';

/** Files that are unfolded at the same time: a picture of 40 megapixels takes 160 MB. */
const AT_ONCE = 3;

export interface KeptFile {
  type: EvidenceType;
  /** Of what is kept. */
  bytes: number;
  sha256: string;
}

/** Judges a file that waits, by its content and never by its name, and keeps it; a refused one is the caller's to remove. */
@Injectable()
export class JudgeFile {
  private busy = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly files: EvidenceFiles,
    private readonly pictures: Pictures,
  ) {}

  /**
   * A picture is written anew; a PDF is kept as it was sent, after a look for what it would do.
   * @throws evidence-empty, evidence-too-large, evidence-type-refused, evidence-suspicious, evidence-encrypted,
   *   evidence-broken, evidence-too-many-pixels, evidence-too-many-pages, evidence-portrait-shape
   */
  async execute(id: string, rule: EvidenceRule, stored: StoredFile): Promise<KeptFile> {
    const type = acceptedType(rule, stored);
    this.busy++;
    if (this.busy > AT_ONCE) await new Promise<void>((go) => this.queue.push(go));
    try {
      return await this.judge(id, rule, { ...stored, type });
    } finally {
      this.busy--;
      this.queue.shift()?.();
    }
  }

  private async judge(id: string, rule: EvidenceRule, stored: StoredFile & { type: EvidenceType }): Promise<KeptFile> {
    const { type } = stored;
    const sent = await buffer(await this.files.received(id));
    const disguise = disguiseOf(type, sent);
    if (disguise) throw evidenceSuspicious({ kind: rule.kind, sign: disguise });
    if (type === 'application/pdf') {
      requireHarmless(sent, rule);
      await this.files.keep(id);
      return { type, bytes: stored.bytes, sha256: stored.sha256 };
    }
    const maxPixels = rule.maxPixels ?? MOST_PIXELS;
    const anew = await this.pictures.anew(sent, { type, maxPixels, portrait: rule.portrait ?? false });
    await this.files.keep(id, anew);
    return { type, bytes: anew.length, sha256: createHash('sha256').update(anew).digest('hex') };
  }
}

function requireHarmless(bytes: Buffer, rule: EvidenceRule): void {
  const found = lookIntoPdf(bytes);
  const { kind } = rule;
  if (found.encrypted) throw evidenceEncrypted({ kind });
  if (found.act) throw evidenceSuspicious({ kind, sign: found.act });
  if (found.tail) throw evidenceSuspicious({ kind, sign: 'tail' });
  if (found.broken) throw evidenceBroken({ kind });
  const maxPages = rule.maxPages ?? MOST_PAGES;
  if (found.pages > maxPages) throw evidenceTooManyPages({ kind, pages: found.pages, maxPages });
}
