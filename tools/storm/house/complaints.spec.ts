import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaints } from './complaints.js';

describe('what the programs of a house complained of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'complaints-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const since = Date.parse('2019-09-14T10:00:00Z');
  const line = (level: string, time: string, message: string) =>
    JSON.stringify({ level, time: `2019-09-14T${time}.000Z`, msg: 'part unavailable', err: { message } });

  it('is counted since a moment, whole deaths always, the most frequent first', () => {
    writeFileSync(
      join(folder, 'tickets-1.log'),
      [
        "    throw er; // Unhandled 'error' event",
        line('warn', '09:59:59', 'before'),
        line('info', '10:00:01', 'said in passing'),
        line('warn', '10:00:02', 'no connection'),
        line('error', '10:00:03', 'no connection'),
        '{"level":"fatal","code":"start-failed","msg":"the database system is starting up"}',
        '{"cut off',
      ].join('\n'),
    );
    expect(complaints(since, folder)).toEqual([
      'tickets-1: part unavailable: no connection (2, last 10:00:03)',
      "tickets-1: throw er; // Unhandled 'error' event (1)",
      'tickets-1: start-failed: the database system is starting up (1)',
    ]);
  });
});
