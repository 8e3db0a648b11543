import { DisplayFace, drawArt, Page, printable, runs } from './index.js';

describe('text in documents', () => {
  it('has every Kazakh letter and the tenge sign in both weights', () => {
    for (const weight of [400, 700] as const) {
      const text = 'Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і № 2 500 ₸ Škop Próchniak Zariņa';
      expect(
        runs(text, weight)
          .map((run) => run.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('refuses a letter that would print as a box', () => {
    expect(() => runs('漢', 400)).toThrow('U+6f22');
  });

  it('becomes a PDF with a QR', async () => {
    const page = new Page('A6', { title: 'Билет', language: 'kk' });
    const below = page.text('Мәдениеттер жақындастығы және ұзақ атау', 20, 20, { size: 18, weight: 700, width: 150 });
    page.qr('HELLO WORLD', 20, below, 120);
    const pdf = await page.finish();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(below).toBeGreaterThan(60);
  });

  it('leaves out a letter that no face has where a document must not fail', () => {
    expect(printable('Қыз 漢 Жібек')).toBe('Қыз · Жібек');
  });
});

describe('titles', () => {
  it('are outlines of the display face with every Kazakh letter, and text underneath', async () => {
    const face = await DisplayFace.load(830);
    expect(face.outline('ӘҒҚҢӨҰҮҺІ әғқңөұүһі № Škop').path.length).toBeGreaterThan(1_000);
    const style = { size: 40, lines: 2, width: 300 };
    const page = new Page('A4', { title: 'Билет', language: 'kk' });
    const below = page.title(face, 'Сұмдық ұзақ атаулы көркем фильм туралы', 20, 20, style);
    expect(below - 20).toBeCloseTo(page.titleHeight(face, 'Сұмдық ұзақ атаулы көркем фильм туралы', style));
    expect(below).toBeLessThanOrEqual(20 + 2 * 40 * 1.02);
    drawArt(
      page.document,
      { id: 'adam', salt: 's', family: 'cut', countries: 3, minutes: 98 },
      { x: 0, y: 0, width: 300, height: 120 },
    );
    expect((await page.finish()).length).toBeGreaterThan(1_000);
  });

  it('are refused with a letter that would print as a box', async () => {
    const face = await DisplayFace.load(830);
    expect(() => face.outline('漢')).toThrow('U+6f22');
  });
});
