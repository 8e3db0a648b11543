import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { type EventDefinition, eventDefinition, type Received, type Topic } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { tombstoneType } from './outbox.js';

const ajv = new Ajv({ strict: false, allErrors: false });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const checks = new Map<EventDefinition, ValidateFunction>();

/** A message where it stands. */
export interface Letter {
  topic: Topic;
  partition: number;
  offset: string;
  key: string;
  fact: string | undefined;
  type: string | undefined;
  headers: Record<string, string>;
  body: string | null;
  absorbing: boolean;
}

export type Opened = { event: Received } | { trouble: string };

export function letterOf(
  topic: Topic,
  partition: number,
  message: Pick<KafkaMessage, 'offset' | 'key' | 'value'> & { headers?: IHeaders },
): Letter {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {}))
    if (value !== undefined) headers[name] = String(value);
  const tombstone = message.value === null;
  const type = headers.ce_type ?? (tombstone ? tombstoneType(topic) : undefined);
  return {
    topic,
    partition,
    offset: message.offset,
    key: message.key?.toString() ?? '',
    fact: isId(headers.ce_id) ? headers.ce_id : undefined,
    type,
    headers,
    body: message.value?.toString() ?? null,
    absorbing: tombstone || (type !== undefined && eventDefinition(type)?.absorbing === true),
  };
}

/** The event inside a letter, checked against its contract; or why it is none. */
export function openLetter(letter: Letter): Opened {
  const { type, fact, headers } = letter;
  if (!type) return { trouble: 'no ce_type header' };
  if (!fact) return { trouble: 'ce_id is no UUID' };
  const version = Number(headers.ce_aggregateversion);
  if (!Number.isInteger(version)) return { trouble: 'ce_aggregateversion is no whole number' };
  const time = new Date(headers.ce_time ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return { trouble: 'ce_time is no instant' };
  const base = { fact, type, aggregate: letter.key, version, time };
  if (letter.body === null) return { event: { ...base, data: null } as Received };
  let data: unknown;
  try {
    data = JSON.parse(letter.body);
  } catch {
    return { trouble: 'the body is not JSON' };
  }
  const definition = eventDefinition(type);
  const problem = definition && contractProblem(definition, data);
  return problem ? { trouble: problem } : { event: { ...base, data } as Received };
}

/** Hearers are open: fields that the contract does not name are no problem, missing or wrong ones are. */
function contractProblem(definition: EventDefinition, data: unknown): string | undefined {
  let check = checks.get(definition);
  if (!check) {
    check = ajv.compile(definition.data as object);
    checks.set(definition, check);
  }
  if (check(data)) return undefined;
  const [first] = check.errors ?? [];
  return `does not match its contract: ${first?.instancePath || '/'} ${first?.message}`;
}
