import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { type EventDefinition, eventDefinition, type Received, type Topic } from '#libs/contracts';

/** One fact on its way, as it is written, sent over HTTP and kept as a dead letter. `data` null is a tombstone. */
export interface Envelope {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
  /** ISO 8601 instant at which the speaker committed it. */
  time: string;
  data: unknown;
  traceparent?: string;
}

/** The type under which a handler hears that a key of a compacted topic was erased. */
export function tombstoneOf(topic: Topic): string {
  return `${topic}.tombstone`;
}

const PROBLEM_LENGTH = 300;

/** The envelope as a Kafka message in CloudEvents 1.0 binary mode. */
export function toMessage(envelope: Envelope, source: string): Message {
  const headers: IHeaders = {
    ce_specversion: '1.0',
    ce_id: envelope.fact,
    ce_type: envelope.type,
    ce_source: `/seans/${source}`,
    ce_time: envelope.time,
    ce_subject: envelope.aggregate,
    ce_aggregateversion: String(envelope.version),
    'content-type': 'application/json',
  };
  if (envelope.traceparent) headers.traceparent = envelope.traceparent;
  return { key: envelope.aggregate, value: envelope.data === null ? null : JSON.stringify(envelope.data), headers };
}

/** What a message turned out to be. */
export type ReadMessage =
  | { kind: 'event'; envelope: Envelope }
  | { kind: 'not-an-event'; reason: string; key: string | null };

function text(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined ? undefined : one.toString();
}

/** Reads a Kafka message; nothing in it is trusted, and nothing in it makes this throw. */
export function readMessage(topic: Topic, message: KafkaMessage): ReadMessage {
  const key = message.key?.toString() ?? null;
  if (message.value === null) {
    if (key === null) return { kind: 'not-an-event', reason: 'neither key nor value', key };
    const fact = text(message.headers, 'ce_id') ?? `${topic}:tombstone:${key}:${message.timestamp}`;
    const version = Number(text(message.headers, 'ce_aggregateversion') ?? Number.MAX_SAFE_INTEGER);
    const time = new Date(Number(message.timestamp)).toISOString();
    return { kind: 'event', envelope: { fact, type: tombstoneOf(topic), aggregate: key, version, time, data: null } };
  }
  const fact = text(message.headers, 'ce_id');
  const type = text(message.headers, 'ce_type');
  const time = text(message.headers, 'ce_time');
  const version = Number(text(message.headers, 'ce_aggregateversion'));
  if (!fact || !type || !key) return { kind: 'not-an-event', reason: 'ce_id, ce_type or the key is missing', key };
  if (!Number.isSafeInteger(version)) return { kind: 'not-an-event', reason: 'ce_aggregateversion is no number', key };
  if (!time || Number.isNaN(Date.parse(time))) return { kind: 'not-an-event', reason: 'ce_time is no instant', key };
  try {
    const data: unknown = JSON.parse(message.value.toString());
    const traceparent = text(message.headers, 'traceparent');
    return { kind: 'event', envelope: { fact, type, aggregate: key, version, time, data, traceparent } };
  } catch {
    return { kind: 'not-an-event', reason: 'the value is not JSON', key };
  }
}

const ajv = new Ajv({ allErrors: false, strict: false });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const checks = new Map<string, ValidateFunction>();

/** Why the data is not what the contract of its type says; undefined when it is. Unknown fields are welcome. */
export function contractProblem(envelope: Envelope): string | undefined {
  const definition = eventDefinition(envelope.type);
  if (!definition) return envelope.data === null ? undefined : `${envelope.type} is in no contract`;
  let check = checks.get(envelope.type);
  if (!check) {
    check = ajv.compile(definition.data);
    checks.set(envelope.type, check);
  }
  if (check(envelope.data)) return undefined;
  // Only where and what: the value itself may be somebody's address.
  const [first] = check.errors ?? [];
  return `data${first?.instancePath ?? ''} ${first?.message ?? 'does not match'}`.slice(0, PROBLEM_LENGTH);
}

export function received(envelope: Envelope): Received {
  const { fact, type, aggregate, version, data } = envelope;
  return { fact, type, aggregate, version, time: new Date(envelope.time), data: data as Received['data'] };
}

/** True when the fact ends what came before it: a tombstone, or a type declared so. */
export function isAbsorbing(envelope: Envelope): boolean {
  const definition: EventDefinition | undefined = eventDefinition(envelope.type);
  return envelope.data === null || (definition?.absorbing ?? false);
}
