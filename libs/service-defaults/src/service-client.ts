import { Injectable } from '@nestjs/common';
import { TokenSigner } from './identity.js';
import { correlation, outgoingTrace } from './log.js';
import { partUnavailable } from './refusals.js';

export interface ServiceAnswer {
  status: number;
  body: unknown;
}

/** Calls another service over HTTP as this service; every call has an end. */
@Injectable()
export class ServiceClient {
  constructor(private readonly signer: TokenSigner) {}

  /**
   * @param audience the called service's name, as its token check expects it
   * @throws part-unavailable when there is no answer in time or the answer is a 5xx
   */
  async call(
    audience: string,
    method: 'GET' | 'POST' | 'DELETE',
    address: string,
    body?: unknown,
    options: { timeoutMs?: number; headers?: Record<string, string> } = {},
  ): Promise<ServiceAnswer> {
    const current = correlation();
    try {
      const answer = await fetch(address, {
        method,
        headers: {
          Authorization: `Bearer ${await this.signer.forService(audience)}`,
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(current && { 'X-Correlation-Id': current.correlationId }),
          ...outgoingTrace(),
          ...options.headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(options.timeoutMs ?? 5_000),
      });
      const content = await answer.text();
      if (answer.status >= 500) throw partUnavailable({ part: audience }, { retryAfterMs: 1_000 });
      return { status: answer.status, body: content ? JSON.parse(content) : undefined };
    } catch (error) {
      throw partUnavailable({ part: audience }, { cause: error, retryAfterMs: 1_000 });
    }
  }
}
