import { join } from 'node:path';
import { asTrouble, Child, REPOSITORY } from '../local-stack/index.js';

// A house of its own, beside the one that a person keeps; read where the settings of the start are first imported.
process.env.SEANS_LOCAL = join(REPOSITORY, '.local', 'storm', 'house');
process.env.RETRY_MS = '500';

const { storm } = await import('./storm.js');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Nothing of the house may stay behind, not even what was being started.
    for (const child of Child.living) child.signal('SIGKILL');
    process.exit(130);
  });
try {
  process.exitCode = (await storm(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  const trouble = asTrouble(error);
  process.stderr.write(`\n✗ ${trouble.code}: ${trouble.message}\n`);
  process.exitCode = 2;
}
process.exit();
