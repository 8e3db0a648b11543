import { migrate, prepareDatabases } from '../supervisor/prepare.js';
import { SERVICES, type ServiceName } from '../supervisor/settings.js';

/** For a trial with containers: one database per service on the server of DATABASE_URL, brought up to date. */
const server = process.env.DATABASE_URL;
if (!server) {
  process.stderr.write('DATABASE_URL is missing (the server for all services)\n');
  process.exit(1);
}
const databases = await prepareDatabases(server, '');
const environments = Object.fromEntries(
  SERVICES.map((service) => [service, { ...process.env, DATABASE_URL: databases[service] }]),
) as unknown as Record<ServiceName, NodeJS.ProcessEnv>;
await migrate(environments);
process.stdout.write(`up to date: ${SERVICES.join(', ')}\n`);
