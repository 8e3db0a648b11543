import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { drawTable, Page, printable, xlsxStream } from '#libs/documents';
import { formatDate, type Language, venueDate } from '#libs/kernel';
import { Editions } from '../editions/editions.js';
import type { DocumentSetPersonRow, DocumentSetRow } from './document-set.entity.js';
import { SET_NAMES, type SetTable, TABLE_NAMES, tableOf } from './set-tables.rules.js';

const A4_LYING: [number, number] = [841.89, 595.28];
const MARGIN = 36;
const MOSS = '#4A5C57';
const TABLES: readonly SetTable[] = ['people', 'crew', 'equipment', 'papers'];

/** Writes a frozen set as a sheet or as pages; made when it is asked for, from what was frozen alone. */
@Injectable()
export class SetFiles {
  constructor(private readonly editions: Editions) {}

  xlsx(set: DocumentSetRow, people: readonly DocumentSetPersonRow[], table: SetTable, language: Language): Readable {
    const { columns, rows } = tableOf(table, set.columns, people, language);
    return xlsxStream(TABLE_NAMES[table][language], columns, language, Readable.from([rows], { objectMode: true }));
  }

  async pdf(set: DocumentSetRow, people: readonly DocumentSetPersonRow[], language: Language): Promise<Buffer> {
    const edition = await this.editions.one(set.editionId);
    const title = SET_NAMES[set.kind][language];
    const page = new Page(A4_LYING, { title, language });
    const width = page.width - 2 * MARGIN;
    const frozen = formatDate(venueDate(set.frozenAt, edition.timezone), language);
    // Short of the whole digest, enough to tell two sets apart on paper.
    const small = printable(`${edition.name[language]} · ${frozen} · SHA-256 ${set.sha256.slice(0, 16)}`);
    const top = () => {
      page.text(small, MARGIN, 20, { size: 7, colour: MOSS });
      return MARGIN;
    };
    let y = page.text(printable(title), MARGIN, top(), { size: 16, weight: 700, width });
    for (const table of TABLES) {
      const { columns, rows } = tableOf(table, set.columns, people, language);
      if (rows.length === 0) continue;
      if (y > page.height - 140) {
        page.next();
        y = top();
      }
      y = page.text(TABLE_NAMES[table][language], MARGIN, y + 8, { size: 11, weight: 700 });
      y = drawTable(page, {
        heads: columns.map((column) => column.name[language]),
        rows: rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
        x: MARGIN,
        y: y + 2,
        width,
        size: columns.length > 8 ? 6.5 : 8.5,
        next: top,
      });
    }
    return page.finish();
  }
}
