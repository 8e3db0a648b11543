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

export async function openLinks(ends: Ends): Promise<Links> {
  const pair = async (name: string, port: number) =>
    [await TcpProxy.open(`${name} 1`, [port]), await TcpProxy.open(`${name} 2`, [port])] as const;
  return {
    kafka: await TcpProxy.open('kafka', [ends.kafka]),
    tickets: await TcpProxy.open('gateway to tickets', ends.tickets),
    postgres: await pair('tickets to PostgreSQL', ends.postgres),
    redis: await pair('tickets to Redis', ends.redis),
    provider: await TcpProxy.open('tickets to provider', [ends.provider]),
    webhook: await TcpProxy.open('provider to gateway', [ends.gateway]),
  };
}

export function allLinks(links: Links): TcpProxy[] {
  return [links.kafka, links.tickets, ...links.postgres, ...links.redis, links.provider, links.webhook];
}
