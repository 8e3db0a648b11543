#!/usr/bin/env node
/** `npm test [-- what Jest takes]`: installs and builds what is missing, then runs Jest on servers of its own. */
import { buildServices } from './launcher/build.mjs';
import { install, pinnedNode } from './launcher/install.mjs';
import { runPinned } from './launcher/pinned.mjs';
import { report, step } from './launcher/say.mjs';

try {
  await step('packages', install);
  const node = pinnedNode();
  await step('services built', () => buildServices(node));
  process.exitCode = await runPinned(node, ['dist/tools/test-run/main.js', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
