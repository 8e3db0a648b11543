import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import { PUBLISHED } from '../routing/paths.js';
import type { GatewaySettings } from '../settings.js';

type Json = Record<string, unknown>;

interface OpenApi {
  paths: Record<string, Record<string, Json>>;
  components?: Json;
}

const KEPT_MS = 10_000;

/** The documents of all services as one, with the paths as they are published. */
@Injectable()
export class ApiDocument {
  private own: OpenApi | undefined;
  private kept: { document: Json; until: number } | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: GatewaySettings) {}

  /** The gateway's own document, told once when its routes are known. */
  use(own: OpenApi): void {
    this.own = own;
  }

  async whole(now = Date.now()): Promise<Json> {
    if (this.kept && this.kept.until > now) return this.kept.document;
    const addresses: Record<(typeof PUBLISHED)[number], string> = {
      screenings: this.settings.SCREENINGS_URL,
      tickets: this.settings.TICKETS_URL,
      accreditations: this.settings.ACCREDITATIONS_URL,
      notifications: this.settings.NOTIFICATIONS_URL,
    };
    const parts = await Promise.all(
      PUBLISHED.map(async (service) => ({ service, document: await fetchDocument(addresses[service]) })),
    );
    const paths: OpenApi['paths'] = {};
    for (const [path, item] of Object.entries(this.own?.paths ?? {})) {
      if (path.startsWith('/api/')) paths[path] = named('gateway', item);
    }
    for (const { service, document } of parts) {
      for (const [path, item] of Object.entries(document?.paths ?? {})) {
        paths[`/api/${service}${path === '/' ? '' : path}`] = named(service, item);
      }
    }
    const missing = parts.flatMap(({ service, document }) => (document ? [] : [service]));
    const document = {
      openapi: '3.1.0',
      info: { title: 'Seans', version: '1', description: 'Ticketing and accreditation for film festivals.' },
      servers: [{ url: this.settings.PUBLIC_URL }],
      paths,
      components: this.own?.components ?? {},
      ...(missing.length > 0 && { 'x-missing': missing }),
    };
    if (missing.length === 0) this.kept = { document, until: now + KEPT_MS };
    return document;
  }
}

/** Operation ids and tags carry the service's name: two services may have a controller of one name. */
function named(service: string, item: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...operation, operationId: `${service}.${operation.operationId}`, tags: [service] },
    ]),
  );
}

async function fetchDocument(address: string): Promise<OpenApi | undefined> {
  try {
    const answer = await fetch(`${address}/openapi.json`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? ((await answer.json()) as OpenApi) : undefined;
  } catch {
    return undefined;
  }
}
