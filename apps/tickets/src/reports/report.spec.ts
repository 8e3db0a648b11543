import { setTimeout as wait } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { type Cell, type Column, harmless, xlsxStream } from '#libs/documents';
import { csvHead, csvLine, moneyText } from './report.rules.js';

const name = (value: string) => ({ kk: value, ru: value, en: value });
const COLUMNS: Column[] = [
  { id: 'title', kind: 'text', name: name('Название') },
  { id: 'amount', kind: 'money', name: name('Сумма') },
  { id: 'n', kind: 'number', name: name('Мест') },
];

/** The entries of an archive by its central directory. */
function unzipped(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(from, from + size);
    files.set(
      zip.toString('utf8', at + 46, at + 46 + nameLength),
      (method === 8 ? inflateRawSync(data) : data).toString(),
    );
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

async function* batches(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows;
}

describe('cells of a report', () => {
  it.each([
    '=HYPERLINK("http://evil.example","x")',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '＝1',
  ])('that a spreadsheet would run are made harmless: %j', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
  });

  it.each(['Отец', 'Ә = B', '2 500 ₸', '—', '', 'a@b.kz'])('that are plain stay as they are: %j', (text) => {
    expect(harmless(text)).toBe(text);
  });

  it('are CSV with quotes, decimals and a mark of UTF-8', () => {
    expect(csvHead(COLUMNS, 'ru')).toBe('\ufeffНазвание,Сумма,Мест\r\n');
    expect(csvLine(COLUMNS, ['Он сказал "да", и ушёл', -250_050, -3])).toBe(
      '"Он сказал ""да"", и ушёл",-2500.50,-3\r\n',
    );
    expect(csvLine(COLUMNS, ['=1+1', null, 0])).toBe("'=1+1,,0\r\n");
    expect([moneyText(5), moneyText(-5), moneyText(100)]).toEqual(['0.05', '-0.05', '1.00']);
  });
});

describe('a workbook', () => {
  const sheet = async (rows: Cell[][]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of xlsxStream('sales', COLUMNS, 'ru', batches(rows))) chunks.push(chunk as Buffer);
    return unzipped(Buffer.concat(chunks));
  };

  it('has one sheet whose text is text and whose money is a number', async () => {
    const files = await sheet([['=cmd|"/c calc"!A1 <&> \u0007Әке', 250_000, 3]]);
    expect([...files.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    for (const text of files.values()) expect(() => parser.parse(text, true)).not.toThrow();
    const rows = parser.parse(files.get('xl/worksheets/sheet1.xml')!).worksheet.sheetData.row;
    expect(rows[1].c[0]['@_t']).toBe('inlineStr');
    expect(rows[1].c[0].is.t['#text']).toBe('\'=cmd|"/c calc"!A1 <&> Әке');
    expect([rows[1].c[1].v, rows[1].c[2].v]).toEqual(['2500', '3']);
    expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('asks for rows only as fast as they are taken, and ends the query when its reader goes away', async () => {
    let [asked, ended] = [0, false];
    async function* endless(): AsyncGenerator<Cell[][]> {
      try {
        for (;;) {
          asked++;
          yield Array.from({ length: 500 }, (_, i): Cell[] => [`${asked}-${i}-${Math.sin(asked * 500 + i)}`, i, asked]);
        }
      } finally {
        ended = true;
      }
    }
    const stream = xlsxStream('sales', COLUMNS, 'ru', endless());
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.read(1);
    let before = -1;
    while (before !== asked) {
      before = asked;
      await wait(50);
    }
    expect(asked).toBeLessThan(60);
    stream.destroy();
    while (!ended) await wait(10);
  });
});
