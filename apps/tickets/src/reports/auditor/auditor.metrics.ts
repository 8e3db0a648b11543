import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { INVARIANTS, nameOf } from './invariants.js';

/** What an operator watches of the auditor; monitoring/alerts.yaml rings by it. */
@Injectable()
export class AuditorMetrics {
  readonly violations: Gauge<'invariant'>;
  readonly failures: Counter<'invariant'>;
  private lookedAt: number | undefined;
  private sweptAt: number | undefined;

  constructor(registry: Registry) {
    const registers = [registry];
    this.violations = new Gauge({
      name: 'seans_invariant_violations',
      help: 'Violations of an invariant that are known now; 0 is well',
      labelNames: ['invariant'],
      registers,
    });
    this.failures = new Counter({
      name: 'seans_auditor_failures_total',
      help: 'Looks at an invariant that did not come to an end',
      labelNames: ['invariant'],
      registers,
    });
    const ages: [string, string, () => number | undefined][] = [
      ['seans_auditor_look_age_seconds', 'Since the auditor looked last', () => this.lookedAt],
      ['seans_auditor_sweep_age_seconds', 'Since all there is had been looked at', () => this.sweptAt],
    ];
    const began = Date.now();
    for (const [name, help, at] of ages)
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set((Date.now() - (at() ?? began)) / 1_000);
        },
      });
    for (const invariant of INVARIANTS) this.violations.set({ invariant: nameOf(invariant) }, 0);
  }

  looked(sweptAt: number | undefined): void {
    this.lookedAt = Date.now();
    this.sweptAt = sweptAt;
  }
}
