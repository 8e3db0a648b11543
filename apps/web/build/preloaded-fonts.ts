import type { Plugin } from 'vite';

/** Subsets that a Kazakh or a Russian page needs before its first words can stand. */
const FIRST = /(commissioner-cyrillic-flar|onest-cyrillic-wght)-normal-[\w-]+\.woff2$/;

/** Names the first fonts in the page's head: they are fetched beside the scripts and not after the styles. */
export function preloadedFonts(): Plugin {
  return {
    name: 'preloaded-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => FIRST.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${name}` },
            injectTo: 'head-prepend' as const,
          })),
    },
  };
}
