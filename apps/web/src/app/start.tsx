import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem } from '../api/client';
import { startLanguages } from '../i18n';
import { App } from './app';
import { keepTicketsAtHand, reloadAfterDeploy } from './offline';
import { wearKeptTheme } from './theme';

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
