import '@fontsource-variable/commissioner/flar.css';
import '@fontsource-variable/onest/wght.css';
import './ui/tokens.css';
import './ui/base.css';

/** Whoever paints later than this waits no longer for it. */
const LONGEST_WAIT_MS = 500;

/** Resolves when the words that came with the page are on the screen; at once where there are none or nobody looks. */
function painted(): Promise<void> {
  if (document.visibilityState === 'hidden' || !document.querySelector('.shell')) return Promise.resolve();
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
    setTimeout(resolve, LONGEST_WAIT_MS);
  });
}

/** Lets the browser answer whoever touches it. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

// Part by part, so that a phone answers a finger between them; all of them were named in the page's head.
await painted();
await import('react-dom/client');
await breath();
await import('./i18n');
await breath();
await import('./app/start');
