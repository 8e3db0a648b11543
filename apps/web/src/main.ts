import '@fontsource-variable/commissioner/flar.css';
import '@fontsource-variable/onest/wght.css';
import './ui/tokens.css';
import './ui/base.css';

/** Resolves when the words that came with the page are on the screen; at once where nobody looks. */
function painted(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

// Part by part, so that a phone answers a finger between them; all of them were named in the page's head.
await painted();
await import('react-dom/client');
await painted();
await import('./i18n');
await painted();
await import('./app/start');
