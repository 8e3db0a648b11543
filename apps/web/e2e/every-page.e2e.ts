import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PAGES, type PageToSee } from '../../../tools/web-pictures/pages';
import { house, launch, person, seriousFindings, shown } from './browser';

const WIDTHS = [390, 320];

/** What stands beyond the right edge, by tag and class, but for what scrolls in a frame of its own or is for ears only. */
const BEYOND = `(() => {
  const holds = (one) => {
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      const { overflowX, clipPath } = getComputedStyle(box);
      if (overflowX === 'auto' || overflowX === 'scroll' || overflowX === 'hidden' || clipPath !== 'none') return true;
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 1 && (right > innerWidth + 1 || left < -1) && one.checkVisibility() && !one.closest('svg svg, .skip') && !holds(one);
    })
    .slice(0, 3)
    .map((one) => one.tagName.toLowerCase() + '.' + (one.getAttribute('class') ?? ''));
})()`;

describe('every page, on a phone, in each language', () => {
  const run = house();
  const people = new Map<PageToSee['as'], { context: BrowserContext; page: Page; complaints: string[] }>();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function who(as: PageToSee['as']) {
    const known = people.get(as);
    if (known) return known;
    const one = await person(browser, { language: 'kk', size: 'phone', workers: 'block' });
    if (as) {
      const answer = await one.page.request.post(`${run.web}/api/session/sign-in`, {
        data: run.logins[as],
        headers: { Origin: run.web },
      });
      expect(answer.status()).toBeLessThan(300);
    }
    await one.page.goto(`${run.web}/privacy`);
    people.set(as, one);
    return one;
  }

  it.each(PAGES)('$name', async ({ path, as, restless }) => {
    const atRest = (page: Page) => (restless ? page.evaluate('document.fonts.ready') : shown(page));
    const { page, complaints } = await who(as);
    const findings: string[] = [];
    const titles = new Set<string>();
    for (const language of ['kk', 'ru', 'en'] as const) {
      await page.evaluate(`localStorage.setItem('seans.language', '${language}')`);
      await page.goto(`${run.web}${path}`);
      await page.getByRole('heading').first().waitFor();
      await atRest(page);
      titles.add(await page.title());
      const heads = await page.locator('h1:visible').count();
      if (heads !== 1) findings.push(`${language}: ${heads} headings of the first level`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        await atRest(page);
        for (const one of (await page.evaluate(BEYOND)) as string[]) findings.push(`${language} ${width} px: ${one}`);
        if (language === 'kk' && width === 320) findings.push(...(await seriousFindings(page)));
      }
    }
    expect(findings).toEqual([]);
    // A film may be called the same in two of them.
    expect(titles.size).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });
});
