import { setTimeout as wait } from 'node:timers/promises';
import { type Guest, HEARS_FOR, type Hearer } from '../house/house.js';
import { repeatScreening, type Sale } from '../house/stock.js';
import type { Stage } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const EVERY_MS = 3_000;
const QUIET = 10;
/** Each screening is told anew so often. */
const TELL_MS = 150;

/** One further process of a service that comes and goes. */
class ComingAndGoing {
  /** How often it came, and how often it really heard with the others when it went. */
  came = 0;
  heard = 0;
  private guest?: Guest;

  constructor(
    private readonly stage: Stage,
    private readonly service: Hearer,
  ) {}

  /**
   * Comes where it is away, goes where it is there.
   * @param abruptly it dies; the others learn of it when its time in the group is over
   */
  async change(abruptly: boolean): Promise<void> {
    if (!this.guest) {
      this.guest = await this.stage.house.join(this.service);
      this.came += 1;
      return;
    }
    const { child, url } = this.guest;
    this.guest = undefined;
    if (await hears(url)) this.heard += 1;
    this.stage.house.fault(`one ${abruptly ? 'died among' : 'left'} those who hear for ${HEARS_FOR[this.service]}`);
    if (abruptly) child.signal('SIGKILL');
    else await child.stop();
  }

  async leave(): Promise<void> {
    if (this.guest) await this.change(false);
  }
}

async function hears(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/parts`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  if (!answer) return false;
  const { parts } = (await answer.json()) as { parts: { name: string; ok: boolean }[] };
  return parts.some(({ name, ok }) => name === 'kafka-consumer' && ok);
}

/** The programme office records the screenings again until it is told to stop; answers the last version. */
async function keepTelling(stage: Stage, sales: readonly Sale[], ended: () => boolean): Promise<number> {
  let version = 1;
  while (!ended()) {
    version += 1;
    await repeatScreening(stage.house, sales, { from: version, to: version });
    await wait(TELL_MS);
  }
  return version;
}

/**
 * S11: processes that hear join and leave every three seconds, so that the partitions change hands all the time. Who sends
 * mails leaves in good order: then not even a mail that says that it may be the second is allowed.
 */
export const s11: Scenario = {
  id: 'S11',
  title: 'hearers joining and leaving every 3 s while sales go on and facts flow',
  full: 6,
  ci: false,
  async run(stage, size) {
    const [main, ...quiet] = await stage.sell(
      { seats: Math.round(60 + 60 * size) },
      ...Array.from({ length: QUIET }, () => ({ seats: 4 })),
    );
    const overMs = 20_000 * size;
    const crowd = stage.crowd(stage.shop(overMs + 45_000), {
      buyers: Math.round(40 * size),
      overMs,
      sales: [main!],
      fates: PEOPLE,
    });
    const letters = new ComingAndGoing(stage, 'notifications');
    const sellers = new ComingAndGoing(stage, 'tickets');
    let told = 0;
    await meanwhile(crowd, async () => {
      const end = Date.now() + overMs;
      const over = () => Date.now() > end;
      const telling = keepTelling(stage, quiet, over);
      for (let turn = 0; !over(); turn++) {
        const next = Date.now() + EVERY_MS;
        // In turn, so that one comes while another goes.
        if (turn % 2 === 0) await letters.change(false);
        else await sellers.change(turn % 8 === 3);
        await wait(Math.max(0, next - Date.now()));
      }
      await Promise.all([letters.leave(), sellers.leave()]);
      told = await telling;
    });
    demand(told > 20 * size, `the programme was told only ${told} times`);
    demand(
      letters.heard > 0 && letters.heard >= letters.came / 2,
      `of ${letters.came} for letters ${letters.heard} heard`,
    );
    demand(
      sellers.heard > 0 && sellers.heard >= sellers.came / 2,
      `of ${sellers.came} for sales ${sellers.heard} heard`,
    );
    demand(stage.count('order', 201) > 10 * size, 'hardly anybody bought meanwhile');
  },
};
