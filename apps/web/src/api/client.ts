import createClient from 'openapi-fetch';
import type { Problem } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { paths } from './openapi.generated';
import { ApiProblem, NoAnswer } from './problem';

export { ApiProblem, NoAnswer } from './problem';

let language = 'kk';
export function speakTo(apiLanguage: string): void {
  language = apiLanguage;
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    throw new NoAnswer('no answer', { cause });
  }
}

/**
 * Every route of our own origin, typed by the document that the gateway publishes (`npm run web:client`).
 * Wrapped in {@link answer} it gives the body or throws {@link ApiProblem} or {@link NoAnswer}.
 */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', fetch: reach });
api.use({
  onRequest({ request }) {
    request.headers.set('Accept', 'application/json');
    request.headers.set('Accept-Language', language);
  },
  async onResponse({ response }) {
    if (response.ok) return;
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    throw new ApiProblem(response.status, isJson ? ((await response.json()) as Partial<Problem>) : {});
  },
});

/** The body of an answer. */
export async function answer<T>(asked: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data } = await asked;
  return data as T;
}

/** The header of whatever creates or charges: the same key is the same deed. */
export const keyed = (key: string = newId()) => ({ 'Idempotency-Key': key });
/** The header of a change of something that may have changed meanwhile. */
export const seenAs = (version: number) => ({ 'If-Match': `"${version}"` });

/** A form with files for `body`; its parts go as they are. */
export function parts(form: FormData): { body: never; bodySerializer: () => FormData } {
  return { body: form as never, bodySerializer: () => form };
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  /** For what creates or charges; made here when `true`. */
  idempotencyKey?: string | true;
}

/** Calls the API of our own origin. Throws {@link ApiProblem} or {@link NoAnswer}. */
export async function call<T>(path: string, { method = 'GET', body, headers, idempotencyKey }: Call = {}): Promise<T> {
  const form = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': language,
        ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }),
        ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey === true ? newId() : idempotencyKey } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      credentials: 'same-origin',
    });
  } catch (cause) {
    throw new NoAnswer('no answer', { cause });
  }
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const answer = isJson && text ? JSON.parse(text) : undefined;
  if (!response.ok) throw new ApiProblem(response.status, (answer ?? {}) as Partial<Problem>);
  return answer as T;
}
