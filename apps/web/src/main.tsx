import '@fontsource-variable/commissioner/flar.css';
import '@fontsource-variable/onest/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem } from './api/client';
import { App } from './app/app';
import { keepTicketsAtHand, reloadAfterDeploy } from './app/offline';
import { wearKeptTheme } from './app/theme';
import { startLanguages } from './i18n';

reloadAfterDeploy();
keepTicketsAtHand();
wearKeptTheme();
await startLanguages();
const client = new QueryClient({
  defaultOptions: {
    // What is kept on the device answers without a network; what is not says so at once instead of waiting.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
  },
});
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
