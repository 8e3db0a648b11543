import type { Programme } from '#libs/contracts';
import { filesOf, shellOf, sourcesOf, withShell } from './page-shell.rules.js';

const text = (kk: string) => ({ kk, ru: `${kk} ru`, en: `${kk} en` });
const PROGRAMME = {
  edition: {
    id: 'almaty-2019',
    name: text('Фестиваль'),
    motto: text('Сближение'),
    from: '2019-09-14',
    to: '2019-09-20',
    timezone: 'Asia/Almaty',
    city: text('Алматы'),
    partner: null,
  },
  films: [
    {
      id: 'adam',
      title: text('Адам <b>'),
      directors: { kk: ['Марьям Тузани'], ru: ['Марьям Тузани'], en: [] },
      year: 2019,
      logline: text('Наубайшы'),
    },
  ],
  screenings: [{ id: 's1', title: text('Адам') }],
} as unknown as Programme;
const PAGE =
  '<!doctype html><html lang="kk"><head><title>Festival</title></head><body><div id="root"></div></body></html>';

describe('the shell of a page', () => {
  it('says the festival’s name, when it is, and what its front page opens with', () => {
    const shell = shellOf('/', PROGRAMME, 'ru')!;
    expect(shell).toMatchObject({ title: 'Фестиваль ru', words: { title: 'Сближение ru', hero: true } });
    expect(shell.description).toContain('14–20 сентября 2019');
    expect(shell.asks).toContain('/api/screenings/editions/almaty-2019/programme');
  });

  it('names a film and a screening, and knows nothing of what is not there', () => {
    expect(shellOf('/films/adam', PROGRAMME, 'kk')!.description).toBe('Адам <b>. Марьям Тузани, 2019');
    expect(shellOf('/screenings/s1', PROGRAMME, 'en')!.title).toBe('Адам en · Фестиваль en');
    expect(shellOf('/films/nobody', PROGRAMME, 'kk')).toBeUndefined();
    expect(shellOf('/tickets', PROGRAMME, 'kk')!.words).toBeUndefined();
  });

  it('is written into the page without a sign that could break it', () => {
    const html = withShell(PAGE, shellOf('/films/adam', PROGRAMME, 'ru')!, 'ru', ['assets/film.js', 'assets/film.css']);
    expect(html).toContain('<html lang="ru">');
    expect(html).toContain('<title>Адам &lt;b&gt; ru · Фестиваль ru</title>');
    expect(html).toContain('<link rel="modulepreload" crossorigin fetchpriority="low" href="/assets/film.js">');
    expect(html).toContain('<link rel="preload" as="style" crossorigin href="/assets/film.css">');
    expect(html).toContain('<span class="display">Адам &lt;b&gt; ru</span>');
    expect(html).toContain('<span class="shell-lead">Наубайшы ru</span>');
    expect(html).not.toContain('<b>');
  });

  it('tells the page of a festival clock that is not the machine’s', () => {
    const clock = { editionId: 'almaty-2019', offsetMs: 0, now: '2019-09-14T03:00:00.000Z', timezone: 'Asia/Almaty' };
    const shell = shellOf('/', PROGRAMME, 'en')!;
    expect(withShell(PAGE, shell, 'en', [], clock)).toContain('<div id="root"><div class="shell"');
    const html = withShell(PAGE, shell, 'en', [], { ...clock, offsetMs: -60_000 });
    expect(html).toContain(
      '<div id="root" data-festival-clock="{&quot;editionId&quot;:&quot;almaty-2019&quot;,&quot;offsetMs&quot;:-60000,',
    );
  });

  it('names what a page imports once, with all that it imports', () => {
    const manifest = {
      'index.html': { file: 'assets/main.js', dynamicImports: ['src/app/start.tsx'] },
      'src/app/start.tsx': { file: 'assets/start.js', css: ['assets/ui.css'] },
      'src/areas/shop/programme-page.tsx': { file: 'assets/programme.js', imports: ['_ui.js'] },
      'src/i18n/common/kk.json': { file: 'assets/kk.js', imports: ['_ui.js'] },
      '_ui.js': { file: 'assets/ui.js', imports: ['_ui.js'] },
    };
    expect(filesOf(manifest, sourcesOf(manifest, '/', 'kk'))).toEqual([
      'assets/start.js',
      'assets/ui.css',
      'assets/kk.js',
      'assets/ui.js',
      'assets/programme.js',
    ]);
  });
});
