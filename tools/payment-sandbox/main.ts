import { startPaymentSandbox } from './payment-sandbox.js';

const { MERCHANT_ID, MERCHANT_SECRET, PAYMENTS_FILE, PORT, HOST, PUBLIC_ORIGIN, SLOW_MS, RETRY_MS } = process.env;
const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_WEBHOOK_URL, FISCAL_FILE } = process.env;
if (!MERCHANT_ID || !MERCHANT_SECRET) {
  process.stderr.write('MERCHANT_ID and MERCHANT_SECRET must be set\n');
  process.exit(1);
}
const sandbox = await startPaymentSandbox({
  merchantId: MERCHANT_ID,
  secret: MERCHANT_SECRET,
  file: PAYMENTS_FILE ?? '.local/payments.jsonl',
  port: Number(PORT ?? 8090),
  host: HOST,
  publicOrigin: PUBLIC_ORIGIN,
  slowMs: Number(SLOW_MS ?? 15_000),
  retryMs: Number(RETRY_MS ?? 3_000),
  stripe: {
    secretKey: STRIPE_SECRET_KEY ?? 'sandbox-stripe-key',
    webhookSecret: STRIPE_WEBHOOK_SECRET ?? 'sandbox-webhook-secret',
    webhookUrl: STRIPE_WEBHOOK_URL,
  },
  fiscalFile: FISCAL_FILE,
});
process.stdout.write(`payment sandbox: ${sandbox.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
