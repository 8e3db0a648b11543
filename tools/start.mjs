#!/usr/bin/env node
/** `npm start`: only Node's own modules (18 or newer) until the packages are there; see tools/supervisor for the rest. */
import { buildServices, buildWeb } from './launcher/build.mjs';
import { install, pinnedNode } from './launcher/install.mjs';
import { runPinned } from './launcher/pinned.mjs';
import { report, step } from './launcher/say.mjs';

const HELP = `npm start [-- --fresh] [-- --no-import]

  --fresh       forget all data of this copy and begin anew
  --no-import   leave the programme empty

Environment: KAFKA_BROKERS, REDIS_URL, DATABASE_URL use those servers instead of own ones.
WEB_PORT, MAIL_PORT, PAYMENTS_PORT, KAFKA_PORT, REDIS_PORT, POSTGRES_PORT choose ports; free ones are taken otherwise.
`;

async function main(args) {
  const unknown = args.find((arg) => !['--fresh', '--no-import', '--help'].includes(arg));
  if (args.includes('--help') || unknown) {
    process.stdout.write(unknown ? `Unknown option ${unknown}\n\n${HELP}` : HELP);
    return unknown ? 2 : 0;
  }
  try {
    await step('packages', install);
    const node = pinnedNode();
    await step('services built', () => buildServices(node));
    await step('web built', () => buildWeb(node));
    return await runPinned(node, [
      '--disable-warning=TimeoutNegativeWarning',
      '--max-old-space-size=96',
      'dist/tools/supervisor/main.js',
      ...args,
    ]);
  } catch (error) {
    return report(error);
  }
}

process.exitCode = await main(process.argv.slice(2));
