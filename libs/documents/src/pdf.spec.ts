import { Page, runs } from './index.js';

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
});
