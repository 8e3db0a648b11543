import type { Problem } from '#libs/contracts';
import { HouseSaysNo, HouseSilent } from './engine/answers';
import type { DoorServer } from './engine/server';

const PATIENCE_MS = 10_000;
const BASE = '/api/tickets/door';

interface Ask {
  method?: 'GET' | 'POST';
  body?: unknown;
  token?: string;
  patienceMs?: number;
}

/** One question with an end: what does not answer in time is silence, and the device goes on by itself. */
async function ask<T>(path: string, { method = 'GET', body, token, patienceMs = PATIENCE_MS }: Ask): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${BASE}${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': document.documentElement.lang,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { 'X-Device-Token': token }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    text = await response.text();
  } catch (cause) {
    throw new HouseSilent('no answer', { cause });
  }
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const answer: unknown = isJson && text ? JSON.parse(text) : undefined;
  // A gateway that reaches no service behind it is silence too.
  if (response.status >= 502) throw new HouseSilent(`status ${response.status}`);
  if (!response.ok) {
    const { code = 'unknown', title = `${response.status}` } = (answer ?? {}) as Partial<Problem>;
    throw new HouseSaysNo(response.status, code, title);
  }
  return answer as T;
}

const post = (body: unknown, token?: string, patienceMs?: number): Ask => ({ method: 'POST', body, token, patienceMs });
const name = encodeURIComponent;

export const doorServer: DoorServer = {
  pair: (body) => ask('/pair', post(body)),
  challenge: (deviceId) => ask('/challenges', post({ deviceId })),
  openSession: (body) => ask('/sessions', post(body)),
  device: (token) => ask('/device', { token }),
  screenings: (token) => ask('/screenings', { token }),
  list: (token, id, since) =>
    ask(`/screenings/${name(id)}/list${since === undefined ? '' : `?since=${name(since)}`}`, { token }),
  scan: (token, body, patienceMs) => ask('/scans', post(body, token, patienceMs)),
  undo: (token, scanId) => ask(`/scans/${name(scanId)}/undo`, post({}, token)),
  photo: (token, scanId) => ask(`/scans/${name(scanId)}/photo`, post({}, token)),
  face: (token, url) => ask(url.slice(url.indexOf('/door/') + '/door'.length), { token }),
  holders: (token, body) => ask('/holders', post(body, token)),
  upload: (token, body) => ask('/uploads', post(body, token, 30_000)),
  quarantine: (body) => ask('/quarantine', post(body, undefined, 30_000)),
  report: (token, body) => ask('/report', post(body, token)),
};
