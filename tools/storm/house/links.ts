import { isFree } from '../../local-stack/index.js';
import { TcpProxy } from '../proxy/tcp-proxy.js';

/** What of the house each link of it connects. Each instance of tickets has links of its own. */
export interface Links {
  /** All clients of the broker: its advertised listener names this link. */
  kafka: TcpProxy;
  /** Gateway and neighbours → the instances of tickets, in turn. */
  tickets: TcpProxy;
  postgres: readonly [TcpProxy, TcpProxy];
  redis: readonly [TcpProxy, TcpProxy];
  /** Tickets → the payment provider. */
  provider: TcpProxy;
  /** The payment provider → the gateway. */
  webhook: TcpProxy;
}

export interface Ends {
  kafka: number;
  tickets: readonly number[];
  postgres: number;
  redis: number;
  provider: number;
  gateway: number;
}

/** Below the ports that outgoing connections and other programs are given: a link must not sit where a server will. */
const FIRST_PORT = 12_000;
const RANGE = 7_000;
let next = process.pid % RANGE;

/** A free port that nobody else will be given by chance. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (next++ % RANGE);
    if (await isFree(port)) return port;
  }
}

export async function openLinks(ends: Ends): Promise<Links> {
  const link = async (name: string, to: readonly number[]) => TcpProxy.open(name, to, await quietPort());
  const pair = async (name: string, port: number) =>
    [await link(`${name} 1`, [port]), await link(`${name} 2`, [port])] as const;
  return {
    kafka: await link('kafka', [ends.kafka]),
    tickets: await link('gateway to tickets', ends.tickets),
    postgres: await pair('tickets to PostgreSQL', ends.postgres),
    redis: await pair('tickets to Redis', ends.redis),
    provider: await link('tickets to provider', [ends.provider]),
    webhook: await link('provider to gateway', [ends.gateway]),
  };
}

export function allLinks(links: Links): TcpProxy[] {
  return [links.kafka, links.tickets, ...links.postgres, ...links.redis, links.provider, links.webhook];
}
