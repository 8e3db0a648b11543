import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../local-stack/index.js';
import type { Problems } from './problems.js';

interface ComposeService {
  image?: string;
  build?: { target?: string };
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  volumes?: (string | { type: string; source: string })[];
  healthcheck?: unknown;
}

interface Compose {
  services: Record<string, ComposeService>;
  volumes?: Record<string, unknown>;
}

/** The names of the Dockerfile's stages; notes what it copies and is not there. */
export function checkDockerfile(problems: Problems, services: readonly string[]): Set<string> {
  const text = readFileSync(join(REPOSITORY, 'Dockerfile'), 'utf8');
  const stages = new Set([...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1] ?? ''));
  for (const [, base] of text.matchAll(/^FROM (\S+)/gm)) {
    problems.unless(stages.has(base ?? '') || /:.+/.test(base ?? ''), 'Dockerfile', `FROM ${base} names no version`);
  }
  for (const [, from, sources] of text.matchAll(/^COPY (--from=\S+ )?(?:--chown=\S+ )?(.+) \S+$/gm)) {
    if (from) continue;
    for (const source of (sources ?? '').split(' ')) {
      problems.unless(existsSync(join(REPOSITORY, source)), 'Dockerfile', `COPY ${source}: there is no such file`);
    }
  }
  for (const service of services) problems.unless(stages.has(service), 'Dockerfile', `there is no stage ${service}`);
  const runtime = text.slice(text.indexOf('AS runtime'));
  problems.unless(/^USER [1-9]\d*:/m.test(runtime), 'Dockerfile', 'the programs would run as root');
  return stages;
}

/** Names, stages, volumes and ports of the compose file. */
export function checkCompose(problems: Problems, stages: Set<string>, services: readonly string[]): void {
  const file = 'docker-compose.yml';
  const compose = parse(readFileSync(join(REPOSITORY, file), 'utf8'), { merge: true }) as Compose;
  for (const service of [...services, 'kafka', 'redis', 'postgres', 'mail', 'payments', 'migrate', 'import']) {
    problems.unless(compose.services[service], file, `there is no service ${service}`);
  }
  for (const [name, service] of Object.entries(compose.services)) {
    const { build, image } = service;
    problems.unless(
      build?.target ? stages.has(build.target) : image?.includes(':'),
      file,
      `${name} has neither a stage nor an image with a version`,
    );
    for (const port of service.ports ?? []) {
      problems.unless(port.startsWith('127.0.0.1:'), file, `${name} would be open to the network at ${port}`);
    }
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const target = compose.services[other];
      problems.unless(target, file, `${name} waits for ${other}, which is not there`);
      problems.unless(
        condition !== 'service_healthy' || target?.healthcheck,
        file,
        `${other} can't become healthy: it has no check`,
      );
    }
    for (const volume of service.volumes ?? []) {
      const source = typeof volume === 'string' ? (volume.split(':')[0] ?? '') : volume.source;
      problems.unless(
        source in (compose.volumes ?? {}),
        file,
        `${name} uses the volume ${source}, which is not declared`,
      );
    }
  }
}
