import { databases } from './databases.js';
import { DeadLetterDesk } from './deadletters.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
try {
  process.exitCode = await new DeadLetterDesk(databases(process.env, process.cwd()), say).run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
