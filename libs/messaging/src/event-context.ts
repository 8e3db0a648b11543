import type { Tx } from '#libs/persistence';

/** What a handler gets beside the event: the transaction in which the inbox already says that the event was applied. */
export interface EventContext {
  tx: Tx;
  /** Runs after that transaction was committed; for what must not happen when it is rolled back. */
  afterCommit(work: () => void): void;
}
