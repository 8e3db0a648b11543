import { randomUUID } from 'node:crypto';
import type { SeatChanges, SeatStates } from '#libs/contracts';
import { castMember } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

describe('a seat map that is watched', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const hold = (screeningId: string, seats: string[]) =>
    stage.call(aigul, 'POST', '/holds', { screeningId, seats }, randomUUID());

  /** Events of one reader, read one by one. */
  async function watch(screening: string) {
    const leaving = new AbortController();
    const answer = await fetch(`${stage.service.url}/screenings/${screening}/seats/stream`, {
      headers: { Authorization: `Bearer ${await stage.token(aigul)}` },
      signal: leaving.signal,
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    return {
      type: answer.headers.get('content-type'),
      leave: () => leaving.abort(),
      async next(): Promise<{ event: string; data: unknown }> {
        for (;;) {
          const found = /event: (\w+)\ndata: (.*)\n\n/.exec(text);
          if (found) {
            text = text.slice(found.index + found[0].length);
            return { event: found[1]!, data: JSON.parse(found[2]!) };
          }
          text += (await reader.read()).value ?? '';
        }
      },
    };
  }

  it('comes whole at first, then only what changed, to everybody who watches', async () => {
    const screening = await stage.screening();
    // The first hold of a screening begins its epoch in Redis.
    await hold(screening, ['C-1']);
    const readers = [await watch(screening), await watch(screening)];
    expect(readers[0]!.type).toContain('text/event-stream');
    for (const reader of readers) {
      const { event, data } = await reader.next();
      expect([event, (data as SeatStates).states]).toEqual(['map', `${'f'.repeat(20)}h${'f'.repeat(9)}`]);
    }
    await hold(screening, ['A-1', 'A-2']);
    for (const reader of readers) {
      const { event, data } = await reader.next();
      expect([event, data]).toEqual([
        'seats',
        { free: 28, changed: { 0: 'h', 1: 'h', 20: 'f' } } satisfies SeatChanges,
      ]);
      reader.leave();
    }
  });

  it('is of a screening that exists', async () => {
    const answer = await stage.call(aigul, 'GET', '/screenings/no-such/seats/stream');
    expect([answer.status, answer.body.code]).toEqual([404, 'screening-unknown']);
  });
});
