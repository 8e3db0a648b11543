import type { LocalText } from './language.js';

/** Why a no is a no. One filter maps a kind to an HTTP status; a consumer maps it to "park" or "ignore". */
export type RefusalKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'too-large'
  | 'unsupported'
  | 'too-many'
  | 'unavailable';

/** One problem of one field of what was sent; `field` is a JSON pointer without the leading slash ("lines/0/seat"). */
export interface FieldProblem {
  field: string;
  code: string;
  reason: LocalText;
}

export interface RefusalOptions {
  fields?: FieldProblem[];
  cause?: unknown;
  /** How long the caller should wait before asking again. */
  retryAfterMs?: number;
}

/** A business "no". Thrown only by factories made with {@link defineRefusal}; tests assert `code`, never prose. */
export class Refusal extends Error {
  readonly fields: FieldProblem[];
  readonly retryAfterMs?: number;

  constructor(
    readonly code: string,
    readonly kind: RefusalKind,
    readonly title: LocalText,
    readonly facts: Record<string, unknown> = {},
    options: RefusalOptions = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface RefusalDefinition {
  (facts?: Record<string, unknown>, options?: RefusalOptions): Refusal;
  readonly code: string;
  readonly kind: RefusalKind;
  readonly title: LocalText;
}

const known = new Map<string, RefusalDefinition>();

/**
 * Declares one way of saying no.
 * @param code stable, kebab-case, unique in the process
 * @param title what happened, what is safe and what to do, in the three languages
 */
export function defineRefusal(code: string, kind: RefusalKind, title: LocalText): RefusalDefinition {
  const make = (facts?: Record<string, unknown>, options?: RefusalOptions) =>
    new Refusal(code, kind, title, facts, options);
  const definition = Object.assign(make, { code, kind, title });
  const earlier = known.get(code);
  if (earlier && earlier.title.en !== title.en) throw new Error(`refusal ${code} is defined twice`);
  known.set(code, definition);
  return definition;
}

/** Every refusal that this process can answer, for the generated list of problems. */
export function definedRefusals(): RefusalDefinition[] {
  return [...known.values()].sort((a, b) => a.code.localeCompare(b.code, 'en'));
}

/** True when `error`, or what caused it, is the refusal that `definition` makes. */
export function isRefusal(error: unknown, definition?: RefusalDefinition): error is Refusal {
  return error instanceof Refusal && (!definition || error.code === definition.code);
}
