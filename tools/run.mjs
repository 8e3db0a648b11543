#!/usr/bin/env node
/** `node tools/run.mjs NAME …`: installs and builds what is missing, then runs dist/tools/NAME/main.js. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildServices, buildWeb } from './launcher/build.mjs';
import { install, pinnedNode, ROOT } from './launcher/install.mjs';
import { runPinned } from './launcher/pinned.mjs';
import { report, Trouble } from './launcher/say.mjs';

const STARTS_THE_HOUSE = new Set([
  'demo',
  'browser-tests',
  'bench',
  'web-budget',
  'web-client',
  'web-pictures',
  'storm',
]);
const [name, ...args] = process.argv.slice(2);
try {
  install();
  const node = pinnedNode();
  buildServices(node);
  if (STARTS_THE_HOUSE.has(name)) buildWeb(node);
  const program = join('dist', 'tools', String(name), 'main.js');
  if (!existsSync(join(ROOT, program))) throw new Trouble('unknown-tool', `There is no tool "${name}" in tools/.`);
  process.exitCode = await runPinned(node, [program, ...args]);
} catch (error) {
  process.exitCode = report(error);
}
