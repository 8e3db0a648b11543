import { Controller, Get, Header, Injectable, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Access } from './access.js';

/** How one part that the service leans on is doing; `since` and `note` are for people. */
export interface PartHealth {
  name: string;
  ok: boolean;
  note?: string;
}

type Probe = () => Promise<PartHealth> | PartHealth;

/** The state of this process. `/readyz` says only: migrated, event loop alive, not draining. */
@Injectable()
export class Health {
  private readonly probes: Probe[] = [];
  private migrated = false;
  private draining = false;

  addPart(probe: Probe): void {
    this.probes.push(probe);
  }
  markMigrated(): void {
    this.migrated = true;
  }
  drain(): void {
    this.draining = true;
  }
  get ready(): boolean {
    return this.migrated && !this.draining;
  }
  why(): string {
    if (this.draining) return 'draining';
    return this.migrated ? 'ready' : 'migrations missing';
  }
  parts(): Promise<PartHealth[]> {
    return Promise.all(this.probes.map(async (probe) => probe()));
  }
}

/** One registry per process; features add their own figures to it. */
export function makeRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Registry,
  ) {}

  @Get('livez')
  @Access('public')
  live(): { status: string } {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Access('public')
  ready(@Res() reply: FastifyReply): void {
    void reply.status(this.health.ready ? 200 : 503).send({ status: this.health.why() });
  }

  @Get('health/parts')
  @Access('public')
  async parts(): Promise<{ ok: boolean; parts: PartHealth[] }> {
    const parts = await this.health.parts();
    return { ok: parts.every((part) => part.ok), parts };
  }

  @Get('metrics')
  @Access('public')
  @Header('Cache-Control', 'no-store')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    void reply.header('Content-Type', this.metrics.contentType).send(await this.metrics.metrics());
  }
}
