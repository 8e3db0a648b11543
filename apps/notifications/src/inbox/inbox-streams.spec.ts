import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { eventually } from '#libs/testing';
import type { InboxQueries } from './inbox.queries.js';
import { InboxStreams } from './inbox-streams.js';

/** A reader; one that stands still never takes what is written. */
class Reader extends Writable {
  text = '';
  constructor(private readonly stands = false) {
    super();
  }
  writeHead(): void {
    // Nobody looks at the head here.
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    if (!this.stands) done();
  }
}

describe('open inboxes', () => {
  const opened: InboxStreams[] = [];
  const inboxOf = (since: () => { personId: string; note: object }[]) => {
    const streams = new InboxStreams(
      { since: () => Promise.resolve(since()) } as unknown as InboxQueries,
      { warn: () => undefined } as unknown as Logger,
    );
    opened.push(streams);
    return streams;
  };
  const open = (streams: InboxStreams, reader: Reader, person = 'p') =>
    streams.open(person, 0, reader as unknown as ServerResponse);
  afterEach(async () => {
    for (const streams of opened.splice(0)) await streams.onModuleDestroy();
  });

  it('are five a person at most: the oldest makes room', () => {
    const streams = inboxOf(() => []);
    const readers = Array.from({ length: 7 }, () => new Reader());
    for (const reader of readers) open(streams, reader);
    const other = new Reader();
    open(streams, other, 'somebody else');
    expect([...readers, other].map(({ writableEnded }) => writableEnded)).toEqual([
      true,
      true,
      ...Array(6).fill(false),
    ]);
  });

  it('let go of a reader that stands still, and of one that fails, and write nothing to either', async () => {
    let number = 0;
    const streams = inboxOf(() => [{ personId: 'p', note: { number: ++number, text: 'x'.repeat(400_000) } }]);
    const [standing, failing, good] = [new Reader(true), new Reader(), new Reader()];
    for (const reader of [standing, failing, good]) open(streams, reader);
    failing.destroy(new Error('the connection was reset'));
    streams.onApplicationBootstrap();
    await eventually(() => {
      streams.wake();
      expect(standing.destroyed).toBe(true);
    });
    expect(good.destroyed).toBe(false);
    expect(good.text).toContain('id: 3');
    expect(failing.text).not.toContain('id: ');
  });
});
