import { connect, type Socket } from 'node:net';
import type { MarkFact } from './facts.js';

/** `1700000000.123456 [0 lua] "HSET" "seans:{id}:seats" "A-1" "c:5"` and the other writes that the scripts make. */
const LINE = /^\+?[\d.]+ \[\d+ lua\] (.*)$/;
const WORD = /"((?:[^"\\]|\\.)*)"/g;

/** What one line of MONITOR says about marks. */
export function marksIn(line: string): MarkFact[] {
  const body = LINE.exec(line)?.[1];
  if (!body) return [];
  const [command = '', key = '', ...rest] = [...body.matchAll(WORD)].map((match) => match[1] ?? '');
  const place = /^[^{]*\{(.+)\}:(epoch|seats)$/.exec(key);
  const screening = place?.[1];
  if (!screening) return [];
  if (place[2] === 'epoch') return command.toUpperCase() === 'SET' ? [{ screening, epoch: Number(rest[0]) }] : [];
  if (command.toUpperCase() === 'HDEL') return rest.map((freed) => ({ screening, freed }));
  if (command.toUpperCase() !== 'HSET') return [];
  const found: MarkFact[] = [];
  for (let n = 0; n + 1 < rest.length; n += 2) {
    const claim = /^c:(\d+)$/.exec(rest[n + 1]!);
    found.push(claim ? { screening, seat: rest[n]!, no: Number(claim[1]) } : { screening, freed: rest[n]! });
  }
  return found;
}

/** Listens to every write of Redis, in Redis' own order, and comes back after each of its deaths. */
export class MarkWatch {
  readonly marks: MarkFact[] = [];
  private socket?: Socket;
  private stopped = false;

  constructor(private readonly port: number) {
    this.listen();
  }

  stop(): void {
    this.stopped = true;
    this.socket?.destroy();
  }

  private listen(): void {
    if (this.stopped) return;
    const socket = connect({ port: this.port, host: '127.0.0.1' });
    this.socket = socket;
    let rest = '';
    socket.once('connect', () => socket.write('MONITOR\r\n'));
    socket.on('data', (piece) => {
      const lines = (rest + piece.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.marks.push(...marksIn(line));
    });
    socket.on('error', () => undefined);
    socket.once('close', () => setTimeout(() => this.listen(), 50).unref());
  }
}
