import { join } from 'node:path';
import { Child, REPOSITORY, type RunningServer, type ServerName, startServer } from '../local-stack/index.js';
import { MERCHANT_ID, origin } from './environment.js';
import { DATA, LOGS, type PortName, type ServiceName } from './settings.js';
import type { Managed } from './supervisor.js';

/** Small heaps: everything together has to fit beside a browser on a laptop. */
const SMALL = ['--max-semi-space-size=2'];

async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.arrayBuffer();
  return answer.ok;
}

function nodeProgram(name: string, args: string[], env: NodeJS.ProcessEnv, ready: string, root = REPOSITORY): Managed {
  return {
    name,
    launch: async () => {
      const child = Child.start({
        name,
        command: process.execPath,
        args,
        cwd: root,
        env,
        logFile: join(LOGS, `${name}.log`),
      });
      await child.until(() => answersOk(ready), 60_000);
      return child;
    },
  };
}

/** @param copy another name for a second instance, another folder for another build */
export function service(name: ServiceName, env: NodeJS.ProcessEnv, copy: { as?: string; root?: string } = {}): Managed {
  const preload = ['--import', './dist/libs/service-defaults/src/preload.js'];
  const heap = ['--max-old-space-size=192', ...SMALL];
  const ready = `http://127.0.0.1:${env.PORT}/readyz`;
  const program = `dist/apps/${name}/src/main.js`;
  return nodeProgram(copy.as ?? name, [...heap, ...preload, program], env, ready, copy.root);
}

export function mailSink(ports: Record<PortName, number>): Managed {
  const env = { ...process.env, PORT: `${ports.mail}`, SMTP_PORT: `${ports.smtp}`, MAIL_FOLDER: join(DATA, 'mail') };
  const args = ['--max-old-space-size=96', ...SMALL, 'dist/tools/mail-sink/main.js'];
  return nodeProgram('mail', args, env, `${origin(ports.mail)}/livez`);
}

export function paymentSandbox(ports: Record<PortName, number>, secrets: Record<string, string>): Managed {
  const env = {
    ...process.env,
    PORT: `${ports.payments}`,
    PAYMENTS_FILE: join(DATA, 'payments.jsonl'),
    MERCHANT_ID,
    MERCHANT_SECRET: secrets.FREEDOMPAY_SECRET,
    STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
    STRIPE_WEBHOOK_URL: `${origin(ports.web)}/api/tickets/payments/stripe/webhook`,
    FISCAL_FILE: join(DATA, 'fiscal.json'),
  };
  const args = ['--max-old-space-size=96', ...SMALL, 'dist/tools/payment-sandbox/main.js'];
  return nodeProgram('payments', args, env, `${origin(ports.payments)}/livez`);
}

/** Kafka, Redis or PostgreSQL of our own; `onStart` is told its address, the same after every restart. */
export function server(
  name: ServerName,
  ports: Record<PortName, number>,
  tell: (line: string) => void,
  onStart: (server: RunningServer) => void,
): Managed {
  return {
    name,
    launch: async () => {
      const running = await startServer(name, { folder: DATA, logs: LOGS, durable: true, ports, tell });
      onStart(running);
      return running.child;
    },
  };
}
