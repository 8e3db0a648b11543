import { MINUTE } from '#libs/kernel';

const RELOADED = 'seans.reloaded';

/**
 * A page that was open during a deploy asks for parts that are gone: it is loaded anew, once. Where that does not help
 * the page says so itself.
 */
export function reloadAfterDeploy(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (!navigator.onLine || Date.now() - last < MINUTE) return;
    event.preventDefault();
    sessionStorage.setItem(RELOADED, String(Date.now()));
    window.location.reload();
  });
}

/** Tickets that were opened open again without a network. The worker is fetched when the page has all it needs. */
export function keepTicketsAtHand(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Where it can't be had, everything works as before with a network.
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register);
}

/** Whoever signs out leaves no tickets of theirs behind on this device. */
export async function forgetPapers(): Promise<void> {
  await globalThis.caches?.delete('papers');
}
