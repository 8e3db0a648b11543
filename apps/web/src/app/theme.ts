const KEPT = 'seans.theme';
export type Theme = 'light' | 'dark';

/** The theme a person chose before; without one the page follows the device. */
export function wearKeptTheme(): void {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
}

/** The felts change places. */
export function exchangeTheme(): Theme {
  const now =
    document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const next: Theme = now === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem(KEPT, next);
  return next;
}
