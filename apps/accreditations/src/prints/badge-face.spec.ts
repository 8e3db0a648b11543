import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { PrintFormat } from '#libs/contracts';
import { DisplayFace, fitTitle, MM, PrintSheet } from '#libs/documents';
import { picture } from '../../../../test/fixtures/uploads/parts.js';
import { type BadgeSide, drawBack, drawFront } from './badge-face.js';
import { FORMATS } from './print.rules.js';

const NAMES = [
  'Әсел Нұрланова',
  // 40 letters each: two words, one word, three words.
  'Қырмызыгүлсімханова Жұпаршекергүлнәзіқыз',
  'Өтешқұлмағамбетұлы-Жаңғырбекқалиасқарова',
  'Ұлжалғас Төлегенқызы Иманғалиеваханшаһым',
];

const side = (name: string, more: Partial<BadgeSide> = {}): BadgeSide => ({
  holder: {
    name,
    line: '«Кадр» журналы, Алматы',
    categoryName: { kk: 'Баспасөз', ru: 'Пресса', en: 'Press' },
    functionName: { kk: 'БАҚ', ru: 'Пресса', en: 'Press' },
    language: 'kk',
  },
  function: 'press',
  shortCode: 'B704 17C2',
  code: 'SEANS1:6BF590B20NFWTWPD54W6UJ2C7W5UOC6UF3K4VTJCTR7KS2DV1TY8JW4VKD0O.7SW0%2QC:TP8.HMFTP8ELA5C',
  areas: ['A', 'B', 'P'],
  allAreas: ['A', 'B', 'P', 'V'],
  edition: {
    id: 'almaty-2019',
    name: { kk: 'II Алматы кинофестивалі', ru: 'II Алматинский кинофестиваль', en: 'II Almaty Film Festival' },
    from: '2019-09-14',
    to: '2019-09-20',
  },
  marks: [],
  ...more,
});

async function drawn(format: PrintFormat, sides: BadgeSide[]): Promise<Buffer> {
  const face = await DisplayFace.load(850);
  const { width, height } = FORMATS[format];
  const sheet = new PrintSheet({ width: width * MM, height: height * MM }, { title: 'Badges', language: 'kk' });
  const bytes = buffer(sheet.stream as unknown as NodeJS.ReadableStream & AsyncIterable<Buffer>);
  for (const one of sides) {
    sheet.side(() => drawFront(sheet, face, one));
    sheet.side(() => drawBack(sheet, one));
    await sheet.page.taken();
  }
  await sheet.finish();
  return bytes;
}

describe('a badge on paper', () => {
  it.each<[PrintFormat, number, number]>([
    ['cr80', 85.6, 53.98],
    ['a6', 105, 148],
    ['4x6', 101.6, 152.4],
  ])('as %s has its size after cutting, 3 mm of bleed, and marks outside of both', async (format, width, height) => {
    const photo = await picture(420, 560);
    const sides = NAMES.map((name, i) =>
      side(name, { photo: i % 2 ? undefined : photo, marks: ['14.09 18:00 Қызыл кілем'] }),
    );
    const pdf = await drawn(format, sides);
    const text = pdf.toString('latin1');
    const boxes = (name: string) =>
      [...text.matchAll(new RegExp(`/${name} \\[([^\\]]+)\\]`, 'g'))].map(([, numbers]) =>
        numbers!.split(' ').map(Number),
      );
    const size = ([left, top, right, bottom]: number[]) => [right! - left!, bottom! - top!].map((one) => one / MM);
    expect(boxes('TrimBox')).toHaveLength(2 * NAMES.length);
    expect(size(boxes('TrimBox')[0]!)).toEqual([expect.closeTo(width, 1), expect.closeTo(height, 1)]);
    expect(size(boxes('BleedBox')[0]!)).toEqual([expect.closeTo(width + 6, 1), expect.closeTo(height + 6, 1)]);
    expect(size(boxes('MediaBox')[0]!)[0]).toBeGreaterThan(width + 10);
    if (process.env.SEANS_PICTURES) {
      mkdirSync(process.env.SEANS_PICTURES, { recursive: true });
      writeFileSync(join(process.env.SEANS_PICTURES, `badges-${format}.pdf`), pdf);
    }
  });

  it.each(NAMES)('keeps a Kazakh name whole in two lines that are wide enough to read: %s', async (name) => {
    const face = await DisplayFace.load(850);
    for (const [width, largest, smallest] of [
      [93 * MM, 36, 12],
      [54 * MM, 19, 7],
    ] as const) {
      const { size, lines } = fitTitle(face, name, { width, lines: 2, largest, smallest });
      expect(lines.length).toBeLessThanOrEqual(2);
      expect(lines.join('').replace(/[\s-]/g, '')).toBe(name.replace(/[\s-]/g, ''));
      for (const line of lines) expect((face.outline(line).width * size) / 1000).toBeLessThanOrEqual(width);
      expect(size).toBeGreaterThanOrEqual(smallest);
    }
  });

  it('takes a name in letters that no font has, and one that never ends', async () => {
    const face = await DisplayFace.load(850);
    const room = { width: 150, lines: 2, largest: 19, smallest: 7 };
    expect(fitTitle(face, '李安 Ang Lee', room).lines.join(' ')).toBe('·· Ang Lee');
    const { lines } = fitTitle(face, 'Ә'.repeat(200), room);
    expect([lines.length, lines[1]!.endsWith('…')]).toEqual([2, true]);
  });
});
