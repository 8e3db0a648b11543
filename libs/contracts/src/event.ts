import type { Static, TSchema } from 'typebox';

/** The topics that exist; one per speaking service, and the compacted one that alone carries personal data. */
export const TOPICS = ['screenings', 'tickets', 'accreditations', 'gateway', 'people'] as const;
export type Topic = (typeof TOPICS)[number];

/** What a type of event is: its name, the topic it is spoken on, and the shape of its data. */
export interface EventDefinition<S extends TSchema = TSchema> {
  /** Past tense with a version: `tickets.order.paid.v1`. */
  readonly type: string;
  readonly topic: Topic;
  readonly data: S;
  /** One sentence for docs/events.md: what happened. */
  readonly says: string;
  /**
   * Absorbing facts (revoked, cancelled, tombstone) end what came before them: a hearer applies them at once even when
   * earlier events of the same key are parked, and they settle what is parked.
   */
  readonly absorbing: boolean;
}

export type EventData<D extends EventDefinition> = Static<D['data']>;

const definitions = new Map<string, EventDefinition>();

export function defineEvent<S extends TSchema>(
  type: string,
  options: { topic: Topic; data: S; says: string; absorbing?: boolean },
): EventDefinition<S> {
  if (!/^[a-z]+(\.[a-z-]+){2}\.v\d+$/.test(type)) throw new Error(`${type} is not speaker.thing.happened.vN`);
  if (definitions.has(type)) throw new Error(`${type} is defined twice`);
  const definition = { type, ...options, absorbing: options.absorbing ?? false };
  definitions.set(type, definition);
  return definition;
}

export function eventDefinition(type: string): EventDefinition | undefined {
  return definitions.get(type);
}

export function allEvents(): EventDefinition[] {
  return [...definitions.values()].sort((a, b) => a.type.localeCompare(b.type, 'en'));
}

/** A fact about to be told. */
export interface Telling<D extends EventDefinition = EventDefinition> {
  definition: D;
  /** The aggregate's id is the message key: facts of one aggregate arrive in order. */
  aggregate: string;
  /** The aggregate's version after the change; copies apply only a higher one. */
  version: number;
  data: EventData<D>;
  /** Shared by the `.v1` and `.v2` telling of one fact; made when absent. */
  fact?: string;
}

/** A fact that arrived. */
export interface Received<D extends EventDefinition = EventDefinition> {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
  /** Machine time at which the speaker committed it. */
  time: Date;
  data: EventData<D>;
}

export function event<D extends EventDefinition>(definition: D, telling: Omit<Telling<D>, 'definition'>): Telling<D> {
  return { definition, ...telling };
}
