import { setTimeout as wait } from 'node:timers/promises';
import type { Asked, Deed, Told, ToldOrder } from '../checker/history.js';
import type { Dice } from '../random.js';
import { type Answer, Browser } from './http.js';
import type { Record } from './record.js';

export interface OrderBody {
  id: string;
  number: string;
  key: string;
  state: string;
  total: { amount: number };
  lines: { line: number; screeningId: string; seatId: string; endedAs?: string }[];
  tickets: { id: string; admissionCode: string; state: string }[];
}

/** Where somebody asks. */
export interface Shop {
  web: URL;
  payments: string;
  record: Record;
  /** No retry begins after this moment. */
  closesAt: number;
}

type Asking = Omit<Asked, 'at' | 'call' | 'who'>;

/** What a client tries again with the same key: the answer that came says nothing about the deed. */
const AGAIN = new Set(['request-in-flight', 'too-many-requests']);

/** Somebody who asks the house. Every call and its answer stands in the record; keys are kept over retries. */
export abstract class Asker {
  protected readonly browser: Browser;

  constructor(
    readonly shop: Shop,
    readonly name: string,
    readonly dice: Dice,
  ) {
    this.browser = new Browser(shop.web);
  }

  protected async once(asked: Asking, ask: () => Promise<Answer>): Promise<Answer> {
    const call = this.shop.record.asked({ who: this.name, ...asked });
    const answer = await ask();
    this.shop.record.told(call, {
      status: answer.status,
      ...(answer.code && { code: answer.code }),
      ...factsOf(asked.deed, answer),
    });
    return answer;
  }

  /** Asks again, with the same key, as long as no answer tells what became of it. */
  protected async insist(asked: Asking, ask: () => Promise<Answer>): Promise<Answer> {
    for (let pause = 100; ; pause = Math.min(pause * 2, 1_600)) {
      const answer = await this.once(asked, ask);
      const unclear = answer.status === 0 || answer.status >= 500 || AGAIN.has(answer.code ?? '');
      if (!unclear || Date.now() + pause > this.shop.closesAt) return answer;
      await wait(this.dice.between(pause / 2, pause));
    }
  }
}

/** What of an answer the checker reads. */
function factsOf(deed: Deed, { status, body }: Answer): Partial<Told> {
  if (typeof body !== 'object' || body === null || status >= 400) return {};
  if (deed === 'hold' && 'seats' in body) {
    const held = body as { screeningId: string; seats: { id: string }[] };
    return { held: { screening: held.screeningId, seats: held.seats.map((seat) => seat.id) } };
  }
  if (deed === 'scan' && 'verdict' in body) return { verdict: String(body.verdict) };
  if (deed === 'upload' && 'scans' in body)
    return {
      outcomes: (body.scans as { scanId: string; outcome: string }[]).map(({ scanId, outcome }) => ({
        scan: scanId,
        outcome,
      })),
    };
  if (deed === 'clashes' && 'conflicts' in body)
    return {
      clashes: (body.conflicts as { key: string; kind: string; scans: { scanId: string }[] }[]).map((one) => ({
        key: one.key,
        kind: one.kind,
        scans: one.scans.map(({ scanId }) => scanId),
      })),
    };
  return 'lines' in body && 'state' in body ? { order: toldOrder(body as OrderBody) } : {};
}

function toldOrder(order: OrderBody): ToldOrder {
  return {
    id: order.id,
    number: order.number,
    state: order.state,
    total: order.total.amount,
    lines: order.lines.map((line) => ({
      screening: line.screeningId,
      seat: line.seatId,
      ended: line.endedAs !== undefined,
    })),
    codes: order.tickets.filter((ticket) => ticket.state === 'live').map((ticket) => ticket.admissionCode),
  };
}
