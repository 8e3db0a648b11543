import 'reflect-metadata';

const { simulate } = await import('./simulate.js');
try {
  process.exitCode = (await simulate(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
process.exit();
