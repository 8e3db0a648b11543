#!/usr/bin/env node
/** `npm run build`: the services and tools into dist/, the web into dist/web. */
import { buildServices, buildWeb } from './launcher/build.mjs';
import { install, pinnedNode } from './launcher/install.mjs';
import { report, step } from './launcher/say.mjs';

try {
  await step('packages', install);
  const node = pinnedNode();
  await step('services built', () => buildServices(node));
  await step('web built', () => buildWeb(node));
} catch (error) {
  process.exitCode = report(error);
}
