import type { FestivalClockView, Programme } from '#libs/contracts';
import { formatDateRange, type Language, MINUTE } from '#libs/kernel';

/** What a page says before its script runs: to eyes on a slow line, to search engines, to whoever is sent its link. */
export interface PageShell {
  title: string;
  description: string;
  /** The first words of the page, as large as they will stand; absent where they are not known. */
  words?: { line: string; title: string; lead?: string; hero: boolean };
  /** Addresses that the page will ask for at once. */
  asks: string[];
}

const DESCRIPTION_LENGTH = 200;

/** The shell of a public page; undefined where the programme says nothing of it. */
export function shellOf(path: string, programme: Programme, language: Language): PageShell | undefined {
  const { edition } = programme;
  const name = edition.name[language];
  const when = [
    formatDateRange(edition.from, edition.to, language),
    edition.city[language],
    edition.partner?.[language],
  ]
    .filter(Boolean)
    .join(' · ');
  const asks = ['/api/screenings/editions', `/api/screenings/editions/${edition.id}/programme`];
  if (path === '/') {
    const title = edition.motto?.[language] ?? name;
    return { title: name, description: `${title}. ${when}`, words: { line: when, title, hero: true }, asks };
  }
  const [, area, id] = path.split('/');
  if (area === 'films' && id) {
    const film = programme.films.find((one) => one.id === id);
    if (!film) return undefined;
    const title = film.title[language];
    const about = [film.directors[language].join(', '), film.year].filter(Boolean).join(', ');
    return {
      title: `${title} · ${name}`,
      description: shortened(`${title}. ${about}`),
      words: { line: name, title, lead: film.logline[language], hero: false },
      asks,
    };
  }
  if (area === 'screenings' && id) {
    const screening = programme.screenings.find((one) => one.id === id);
    if (!screening) return undefined;
    const title = screening.title[language];
    return {
      title: `${title} · ${name}`,
      description: `${title}. ${when}`,
      words: { line: when, title, hero: false },
      asks,
    };
  }
  return { title: name, description: `${name}. ${when}`, asks };
}

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return plain.length <= DESCRIPTION_LENGTH ? plain : `${plain.slice(0, DESCRIPTION_LENGTH - 1).trimEnd()}…`;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!);

function said({ line, title, lead, hero }: NonNullable<PageShell['words']>): string {
  const spans = [
    `<span>${escaped(line)}</span>`,
    `<span class="display">${escaped(title)}</span>`,
    ...(lead ? [`<span class="shell-lead">${escaped(lead)}</span>`] : []),
  ];
  return `<div class="shell"${hero ? ' data-hero' : ''}><p class="shell-words">${spans.join('')}</p></div>`;
}

/**
 * The built page with its shell.
 * @param files modules that the page will import and their styles, to be fetched beside its first script
 * @param clock where it differs from the machine's, the page has room for saying so from its first moment
 */
export function withShell(
  page: string,
  shell: PageShell,
  language: Language,
  files: readonly string[],
  clock?: FestivalClockView,
): string {
  const told =
    clock && Math.abs(clock.offsetMs) >= MINUTE ? ` data-festival-clock="${escaped(JSON.stringify(clock))}"` : '';
  const head = [
    `<meta name="description" content="${escaped(shell.description)}">`,
    `<meta property="og:title" content="${escaped(shell.title)}">`,
    `<meta property="og:description" content="${escaped(shell.description)}">`,
    ...files.map((file) =>
      file.endsWith('.css')
        ? `<link rel="preload" as="style" crossorigin href="/${escaped(file)}">`
        : `<link rel="modulepreload" crossorigin fetchpriority="low" href="/${escaped(file)}">`,
    ),
    ...shell.asks.map((address) => `<link rel="preload" as="fetch" crossorigin href="${escaped(address)}">`),
  ].join('');
  return page
    .replace(/<html lang="\w*">/, `<html lang="${language}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(shell.title)}</title>`)
    .replace('</head>', () => `${head}</head>`)
    .replace('<div id="root"></div>', () => `<div id="root"${told}>${shell.words ? said(shell.words) : ''}</div>`);
}

export interface Manifest {
  [source: string]: { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[] };
}

/** The files of these sources and of everything that they import, styles with them, each once. */
export function filesOf(manifest: Manifest, sources: readonly string[]): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (source: string) => {
    const chunk = manifest[source];
    if (!chunk || seen.has(source)) return;
    seen.add(source);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const other of chunk.imports ?? []) visit(other);
  };
  for (const source of sources) visit(source);
  return [...files];
}

/** What the browser will import for this path, by the names of the sources: the parts of the page's start first. */
export function sourcesOf(manifest: Manifest, path: string, language: Language): string[] {
  const start = manifest['index.html']?.dynamicImports ?? [];
  const words = [...start, `src/i18n/common/${language}.json`, `src/areas/shop/words/${language}.json`];
  if (path === '/') return [...words, 'src/areas/shop/programme-page.tsx'];
  if (/^\/films\/./.test(path)) return [...words, 'src/areas/shop/film-page.tsx'];
  if (/^\/screenings\/./.test(path)) return [...words, 'src/areas/shop/seats-page.tsx'];
  return words.slice(0, -1);
}
