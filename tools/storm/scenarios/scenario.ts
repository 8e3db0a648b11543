import type { Stage } from '../stage.js';

export interface Scenario {
  id: string;
  title: string;
  /**
   * @param size 1 is the short form of CI; the full form is `full`
   * @throws when something did not happen that the scenario is about: then it has proved nothing
   */
  run(stage: Stage, size: number): Promise<void>;
  /** The size at which numbers are those of docs/proof.md. */
  full: number;
  /** Part of the short run. */
  ci: boolean;
  /** Every program of its house goes by a clock of its own. */
  clocks?: true;
  /** Why it can't be played on this machine; undefined where it can. */
  impossible?(): string | undefined;
}

/** Does `work` while `during` goes on; `ended()` tells the work that there is nothing left to disturb. */
export async function meanwhile(
  during: Promise<unknown>,
  work: (ended: () => boolean) => Promise<void>,
): Promise<void> {
  let over = false;
  const finished = during.finally(() => {
    over = true;
  });
  await Promise.all([finished, work(() => over)]);
}

export function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`nothing was proved: ${what}`);
}
