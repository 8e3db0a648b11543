import type { ServerResponse } from 'node:http';

const RECONNECT_MS = 3_000;

/** Begins a stream of server-sent events; `gone` is told once, when its reader has left or broke off in the middle. */
export function openEventStream(response: ServerResponse, gone: () => void): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.once('close', gone);
  // A reader that is gone in the middle of an event is no trouble of ours.
  response.on('error', gone);
  response.write(`retry: ${RECONNECT_MS}\n\n`);
}

/**
 * Writes to a reader that reads; one that leaves more than `mostUnread` bytes lying is let go and comes again.
 * @returns false where it was let go
 */
export function writeOrLetGo(reader: ServerResponse, text: string, mostUnread: number): boolean {
  if (reader.writableLength <= mostUnread) {
    reader.write(text);
    return true;
  }
  reader.destroy();
  return false;
}
