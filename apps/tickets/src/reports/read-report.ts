import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { ReportName, ReportQuery } from '#libs/contracts';
import { type Cell, type Column, xlsxStream } from '#libs/documents';
import { defineRefusal, type Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../settings.js';
import { csvHead, csvLine } from './report.rules.js';
import { REPORTS } from './report-definitions.js';
import { ReportRows } from './report-rows.js';

export const reportUnknown = defineRefusal('report-unknown', 'not-found', {
  kk: 'Мұндай есеп жоқ.',
  ru: 'Такого отчёта нет.',
  en: 'There is no such report.',
});

const FALLBACK_ZONE = 'Asia/Almaty';

/** Turns a report's rows into the bytes of a file, as they come. */
@Injectable()
export class ReadReport {
  constructor(
    private readonly database: Database,
    private readonly rows: ReportRows,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws report-unknown, also for an edition that is not known */
  async execute(
    edition: string,
    name: ReportName,
    format: 'json' | 'csv' | 'xlsx',
    query: ReportQuery,
  ): Promise<Readable> {
    const report = Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined;
    const [known] = await this.database.query<{ timezone: string | null }>(
      'SELECT timezone FROM edition_copy WHERE edition_id = $1',
      [edition],
    );
    if (!report || !known) throw reportUnknown();
    const language: Language = query.language ?? 'ru';
    const rows = this.rows.read(report.sql, [
      edition,
      language,
      query.from ?? null,
      query.until ?? null,
      this.settings.SELLER_VAT_PERCENT,
      known.timezone ?? FALLBACK_ZONE,
    ]);
    if (format === 'xlsx') return xlsxStream(name, report.columns, language, rows);
    const text = format === 'csv' ? csv(report.columns, language, rows) : json(edition, name, report.columns, rows);
    return Readable.from(text, { objectMode: false });
  }
}

async function* csv(columns: Column[], language: Language, rows: AsyncIterable<Cell[][]>): AsyncGenerator<string> {
  yield csvHead(columns, language);
  for await (const batch of rows) yield batch.map((row) => csvLine(columns, row)).join('');
}

async function* json(
  edition: string,
  name: string,
  columns: Column[],
  rows: AsyncIterable<Cell[][]>,
): AsyncGenerator<string> {
  const head = JSON.stringify({ report: name, editionId: edition, columns });
  yield `${head.slice(0, -1)},"rows":[`;
  let first = true;
  for await (const batch of rows) {
    yield `${first ? '' : ','}${batch.map((row) => JSON.stringify(row)).join(',')}`;
    first = false;
  }
  yield ']}';
}
