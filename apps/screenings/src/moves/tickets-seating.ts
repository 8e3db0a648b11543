import { Inject, Injectable } from '@nestjs/common';
import type { RequestSeating, SeatingAnswer, SeatingPreview } from '#libs/contracts';
import { type CommonSettings, partUnavailable, SETTINGS, ServiceClient } from '#libs/service-defaults';

/** Tickets said no: the code of its refusal. */
export class SeatingRefused extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'SeatingRefused';
  }
}

const PATIENCE_MS = 20_000;

/** The commands of a move, to tickets. Each may be sent again: the same move gets the same answer. */
@Injectable()
export class TicketsSeating {
  constructor(
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  preview(body: RequestSeating): Promise<SeatingPreview> {
    return this.post('', body);
  }

  confirm(moveId: string, tag: string): Promise<SeatingAnswer> {
    return this.post(`/${moveId}/confirm`, { tag });
  }

  end(moveId: string, how: 'undo' | 'settle' | 'abandon'): Promise<SeatingAnswer> {
    return this.post(`/${moveId}/${how}`, {});
  }

  /** @throws part-unavailable, or SeatingRefused with tickets' own code */
  private async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.services.call(
      'tickets',
      'POST',
      `${this.settings.TICKETS_URL}/internal/seating-moves${path}`,
      body,
      { timeoutMs: PATIENCE_MS },
    );
    if (answer.status < 300) return answer.body as T;
    const { code } = (answer.body ?? {}) as { code?: string };
    if (!code || answer.status === 401) throw partUnavailable({ part: 'tickets' }, { retryAfterMs: 1_000 });
    throw new SeatingRefused(code);
  }
}
