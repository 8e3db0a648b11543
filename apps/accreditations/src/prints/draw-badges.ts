import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { PrintFormat } from '#libs/contracts';
import { DisplayFace, MM, PrintSheet } from '#libs/documents';
import { isRefusal } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { PAPER_COUNTS } from '../applications/held-approval.js';
import type { BadgeRow } from '../badges/badge.entity.js';
import { shortCode } from '../badges/badge.rules.js';
import { BadgeCodes } from '../badges/badge-codes.js';
import { type EditionCopy, Editions } from '../editions/editions.js';
import { evidenceUnknown } from '../evidence/evidence.refusals.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { pictureLibrary } from '../evidence/picture-library.js';
import { drawBack, drawFront } from './badge-face.js';
import { FORMATS } from './print.rules.js';

/** 300 dpi at the width of the largest photo on a badge. */
const PHOTO_PIXELS = 420;
const DISPLAY_WEIGHT = 850;

/** Words of further rights that are printed on a badge, by person; a feature that grants them registers itself. */
export type Marks = (editionId: string, personIds: readonly string[]) => Promise<Map<string, string[]>>;

export interface DrawOrder {
  editionId: string;
  format: PrintFormat;
  back: boolean;
}

/** Draws badges as a PDF that is read while it is drawn: in memory there is one badge and what the reader has not taken. */
@Injectable()
export class DrawBadges {
  private readonly marks: Marks[] = [];

  constructor(
    private readonly database: Database,
    private readonly codes: BadgeCodes,
    private readonly editions: Editions,
    private readonly files: EvidenceFiles,
  ) {}

  marksBy(marks: Marks): void {
    this.marks.push(marks);
  }

  /** An empty sheet of the format, to draw badges on. */
  async open({ editionId, format }: DrawOrder): Promise<PrintSheet> {
    const edition = await this.editions.one(editionId);
    const { width, height } = FORMATS[format];
    return new PrintSheet({ width: width * MM, height: height * MM }, { title: edition.name.en, language: 'kk' });
  }

  /** Adds badges to a sheet, one or two pages each. */
  async draw(sheet: PrintSheet, order: DrawOrder, badges: readonly BadgeRow[], after?: () => void): Promise<void> {
    const [edition, face, allAreas, photos, marks] = await Promise.all([
      this.editions.one(order.editionId),
      DisplayFace.load(DISPLAY_WEIGHT),
      this.areas(order.editionId),
      this.photos(badges.map((badge) => badge.applicationId)),
      this.marksOf(
        order.editionId,
        badges.map((badge) => badge.personId),
      ),
    ]);
    for (const badge of badges) {
      const photo = await this.photo(photos.get(badge.applicationId));
      const code = await this.codes.write(badge);
      const side = { ...facts(badge, edition), code, allAreas, photo, marks: marks.get(badge.personId) ?? [] };
      sheet.side(() => drawFront(sheet, face, side));
      if (order.back) sheet.side(() => drawBack(sheet, side));
      await sheet.page.taken();
      after?.();
    }
  }

  /** One PDF of a few badges, whole. */
  async pdf(order: DrawOrder, badges: readonly BadgeRow[]): Promise<Buffer> {
    const sheet = await this.open(order);
    const bytes = buffer(sheet.stream as unknown as NodeJS.ReadableStream & AsyncIterable<Buffer>);
    await this.draw(sheet, order, badges);
    await sheet.finish();
    await finished(sheet.stream as unknown as NodeJS.ReadableStream);
    return bytes;
  }

  private async areas(editionId: string): Promise<string[]> {
    const rows = await this.database.query<{ area: string }>(
      `SELECT DISTINCT jsonb_array_elements_text(areas) AS area FROM badge WHERE edition_id = $1 ORDER BY 1`,
      [editionId],
    );
    return rows.map((row) => row.area);
  }

  /** The portrait of each accreditation: the newest picture of a kind that its category takes for one, of before a change. */
  async photos(applicationIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ application: string; id: string }>(
      `SELECT DISTINCT ON (a.id) a.id AS application, e.id
         FROM application a
         JOIN category c ON c.edition_id = a.edition_id AND c.id = coalesce(a.held ->> 'category', a.category)
         JOIN evidence e ON e.application_id = a.id AND e.type LIKE 'image/%'
        WHERE a.id = ANY ($1) AND ${PAPER_COUNTS}
          AND e.kind IN (SELECT r ->> 'kind' FROM jsonb_array_elements(c.data -> 'evidence') r
                          WHERE (r ->> 'portrait')::boolean)
        ORDER BY a.id, e.uploaded_at DESC, e.id DESC`,
      [[...applicationIds]],
    );
    return new Map(rows.map((row) => [row.application, row.id]));
  }

  /** The portrait of one accreditation as a JPEG. */
  async portrait(applicationId: string): Promise<Buffer | undefined> {
    return this.photo((await this.photos([applicationId])).get(applicationId));
  }

  /** As many pixels as the press needs; a file that is gone or broken costs the photo, not the badge. */
  private async photo(id: string | undefined): Promise<Buffer | undefined> {
    if (!id) return undefined;
    const bytes = await this.files.read(id).then(buffer, (error: unknown) => {
      if (isRefusal(error, evidenceUnknown)) return undefined;
      throw error;
    });
    if (!bytes) return undefined;
    const sharp = await pictureLibrary();
    return sharp(bytes)
      .resize(PHOTO_PIXELS, Math.round((PHOTO_PIXELS * 4) / 3), { fit: 'cover' })
      .flatten({ background: '#FFFFFF' })
      .jpeg({ quality: 86 })
      .toBuffer()
      .catch(() => undefined);
  }

  /** Words of further rights, by person. */
  async marksOf(editionId: string, people: readonly string[]): Promise<Map<string, string[]>> {
    const all = new Map<string, string[]>();
    for (const marks of this.marks)
      for (const [person, words] of await marks(editionId, people))
        all.set(person, [...(all.get(person) ?? []), ...words]);
    return all;
  }
}

function facts(badge: BadgeRow, edition: EditionCopy) {
  return {
    holder: badge.holder,
    function: badge.function,
    shortCode: shortCode(badge.serial),
    areas: badge.areas,
    edition,
  };
}
