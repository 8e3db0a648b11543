import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { LocalText } from '#libs/kernel';
import { type Cell, type Column, harmless } from './cells.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts that are the same in every workbook of one sheet. */
const PARTS: Record<string, string> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${WORKBOOK}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${WORKBOOK}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${WORKBOOK}.styles+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  // Styles: 0 plain, 1 bold head, 2 money with two decimals.
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="4" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`,
};

/**
 * A workbook of one sheet as a stream (ECMA-376): rows are asked for only as fast as the reader takes them, so a report
 * of any length needs the memory of one batch. Text stands in the cells themselves; no table of shared strings is kept.
 */
export function xlsxStream(
  name: string,
  columns: readonly Column[],
  language: keyof LocalText,
  rows: AsyncIterable<readonly Cell[][]>,
): Readable {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(text), path);
  zip.addBuffer(Buffer.from(workbook(name)), 'xl/workbook.xml');
  const sheet = Readable.from(sheetXml(columns, language, rows), { objectMode: false });
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  const out = zip.outputStream as Readable;
  // Whoever goes away in the middle ends the query as well; a query that fails ends the download.
  out.once('close', () => sheet.destroy());
  zip.on('error', (error: Error) => out.destroy(error));
  return out;
}

async function* sheetXml(
  columns: readonly Column[],
  language: keyof LocalText,
  rows: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  yield `<row>${columns.map((column) => textCell(column.name[language], 1)).join('')}</row>`;
  for await (const batch of rows)
    yield batch
      .map((row) => `<row>${row.map((cell, index) => cellXml(cell, columns[index]?.kind)).join('')}</row>`)
      .join('');
  yield '</sheetData></worksheet>';
}

function cellXml(cell: Cell, kind: Column['kind'] | undefined): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'string') return textCell(cell, 0);
  return kind === 'money' ? `<c s="2"><v>${cell / 100}</v></c>` : `<c><v>${cell}</v></c>`;
}

function textCell(text: string, style: number): string {
  return `<c t="inlineStr"${style > 0 ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(harmless(text))}</t></is></c>`;
}

function workbook(name: string): string {
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for most control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}
