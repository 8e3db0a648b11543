import { runProgram } from '../supervisor/prepare.js';
import type { Login } from '../supervisor/run-file.js';

/** For a trial with containers: the development logins, and the 2019 programme through the public API. */
const output = await runProgram('dist/apps/gateway/src/seed-logins.js', [], process.env, 'seed-failed');
const logins = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, Login>;
const { admin } = logins;
if (!admin) throw new Error('there is no admin to import as');
const login = ['--email', admin.email, '--password', admin.password];
const args = ['--api', `${process.env.GATEWAY_URL}/api`, ...login, '--folder', 'data/almaty-2019'];
process.stdout.write(await runProgram('dist/tools/import/import-programme.js', args, process.env, 'import-failed'));
for (const [role, { email, password }] of Object.entries(logins))
  process.stdout.write(`${role}  ${email}  ${password}\n`);
