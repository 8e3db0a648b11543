/**
 * Loaded with `--import` before a service's main module: tracing must wrap the libraries before they are used.
 * Without OTEL_EXPORTER_OTLP_ENDPOINT nothing is loaded; the ids of a trace still travel (see log.ts).
 */
import { createRequire } from 'node:module';

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  process.env.OTEL_NODE_RESOURCE_DETECTORS ??= 'none';
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  process.env.OTEL_TRACES_SAMPLER ??= 'parentbased_traceidratio';
  process.env.OTEL_TRACES_SAMPLER_ARG ??= '0.01';
  const { startTracing } = await import('./tracing.js');
  startTracing();
  // Packages that were published as CommonJS are wrapped when they are first required.
  const require = createRequire(import.meta.url);
  for (const name of ['ioredis', 'pg', 'kafkajs']) require(name);
}
