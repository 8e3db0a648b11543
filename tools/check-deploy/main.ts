import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonSettings, type SettingsDefinition } from '#libs/service-defaults';
import { REPOSITORY } from '../local-stack/index.js';
import { SERVICES, type ServiceName } from '../supervisor/settings.js';
import { type Cluster, checkCluster } from './cluster.js';
import { checkCompose, checkDockerfile } from './containers.js';
import { Problems } from './problems.js';

/** Checks Dockerfile, compose file and k8s/ offline: against each other, and against what the services must be told. */

function isDefinition(value: unknown): value is SettingsDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const settings = Object.values(value);
  return (
    settings.length > 0 &&
    settings.every((one) => typeof one === 'object' && one !== null && 'says' in one && 'parse' in one)
  );
}

/** The settings of a service: the common ones and whatever its settings module declares. */
async function settingsOf(service: ServiceName): Promise<SettingsDefinition> {
  const file = join('apps', service, 'src', 'settings.js');
  const own = existsSync(join(REPOSITORY, 'dist', file))
    ? ((await import(`../../${file}`)) as Record<string, unknown>)
    : {};
  return Object.assign({}, commonSettings, ...Object.values(own).filter(isDefinition)) as SettingsDefinition;
}

/** Names of the keys that secrets.md promises for a service. */
function promisedSecrets(service: ServiceName): Set<string> {
  const table = readFileSync(join(REPOSITORY, 'k8s', 'secrets.md'), 'utf8').split('\n');
  const rows = table.filter((line) => line.startsWith('| all five') || line.startsWith(`| \`seans-${service}\``));
  return new Set(rows.flatMap((row) => [...row.matchAll(/`([A-Z][A-Z_]+)`/g)].map((match) => match[1] ?? '')));
}

async function checkSettings(problems: Problems, { deployed, config }: Cluster): Promise<void> {
  for (const service of SERVICES) {
    const container = deployed.get(service);
    const secretName = container?.envFrom?.find((one) => one.secretRef)?.secretRef?.name;
    problems.unless(secretName === `seans-${service}`, 'k8s/base', `${service} does not refer to its secret`);
    const secrets = promisedSecrets(service);
    const own = new Set(container?.env?.map((one) => one.name));
    for (const [name, setting] of Object.entries(await settingsOf(service))) {
      const needed = !setting.optional && setting.fallback === undefined;
      for (const [overlay, names] of config) {
        const given = names.has(name) || own.has(name) || secrets.has(name);
        problems.unless(!needed || given, `k8s/overlays/${overlay}`, `${service} would not start: ${name} is not set`);
        problems.unless(
          !(setting.secret && names.has(name)),
          `k8s/overlays/${overlay}`,
          `${name} is a secret and stands in a config map`,
        );
      }
    }
  }
}

const problems = new Problems();
const stages = checkDockerfile(problems, [...SERVICES, 'tools']);
checkCompose(problems, stages, SERVICES);
await checkSettings(problems, checkCluster(problems, SERVICES));
for (const problem of problems.list) process.stdout.write(`✗ ${problem}\n`);
if (problems.list.length === 0)
  process.stdout.write('Dockerfile, docker-compose.yml and k8s/ agree with each other and with the services.\n');
process.stdout.write(
  'Not run here: docker build, docker compose up, kubectl apply (they need an engine and a cluster).\n',
);
process.exitCode = problems.list.length === 0 ? 0 : 1;
