import { createRequire } from 'node:module';

interface RequestQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
  checkPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 re-arms a one-millisecond timer for ever on an idle connection (tulios/kafkajs#1751): 3-4 % of a core
 * for each service. Here the timer is armed only while requests wait.
 */
export function calmKafkaTimer(): void {
  const Queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
    prototype: RequestQueue;
  };
  Queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    let wait = this.throttledUntil - Date.now();
    if (this.throttleCheckTimeoutId) return;
    if (this.pending.length > 0) wait = wait > 0 ? wait : 10;
    else if (wait <= 0) return;
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, wait);
  };
}
