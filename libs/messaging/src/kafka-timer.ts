/**
 * An idle kafkajs client re-arms a 1 ms timer for ever: 3 to 4 % of a core per service. This gives the timer a reason:
 * it runs only while requests wait, each 10 ms, or when a throttle ends. Applied once, when messaging is loaded.
 */
import { createRequire } from 'node:module';

interface RequestQueue {
  throttledUntil: number;
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const WAITING_MS = 10;

const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
  prototype: RequestQueue;
};

queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.throttleCheckTimeoutId) return;
  let inMs = this.throttledUntil - Date.now();
  if (this.pending.length > 0) inMs = inMs > 0 ? inMs : WAITING_MS;
  else if (inMs <= 0) return;
  this.throttleCheckTimeoutId = setTimeout(() => {
    this.throttleCheckTimeoutId = null;
    this.checkPendingRequests();
  }, inMs);
};
