import '@fontsource-variable/commissioner/flar.css';
import '@fontsource-variable/onest/wght.css';
import '../../ui/tokens.css';
import '../../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguages, withWords } from '../../i18n';
import { ScannerApp } from './app';
import { doorServer } from './door-server';
import { Scanner } from './engine/scanner';
import { thisMachine } from './machine';

if (import.meta.env.PROD && 'serviceWorker' in navigator)
  // Where it can't be had the scanner works as before, but opens with a network alone.
  navigator.serviceWorker.register('/scanner-sw.js', { scope: '/scanner' }).catch(() => undefined);

await startLanguages();
const scanner = await withWords(
  'scanner',
  thisMachine().then((machine) => new Scanner(machine, doorServer)),
);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ScannerApp scanner={scanner} />
  </StrictMode>,
);
await scanner.start();
