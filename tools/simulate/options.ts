/** What `npm run simulate -- …` was asked for. */
export interface Options {
  /** How many seeds, from `seed` on. */
  seeds: number;
  seed: number;
  /** Goes on, seed after seed, until so many orders were placed. */
  orders?: number;
  /** Another order of the same things. */
  turn: number;
  /** Only these actors of the seed. */
  only?: readonly number[];
  trace: boolean;
  plant?: string;
}

const SEEDS = 200;

/**
 * `[--seeds n] [--seed s] [--orders n] [--trace] [--turn t] [--only 1,2] [--planted name]`; a seed alone is one run.
 * @throws on anything else
 */
export function readOptions(args: readonly string[]): Options {
  const options: Options = { seeds: SEEDS, seed: 1, turn: 0, trace: false };
  let seedsGiven = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const value = () => {
      const next = args[++at];
      if (next === undefined) throw new Error(`${word} wants a value`);
      return next;
    };
    if (word === '--seeds') {
      options.seeds = whole(word, value());
      seedsGiven = true;
    } else if (word === '--seed') {
      options.seed = whole(word, value());
      if (!seedsGiven) options.seeds = 1;
    } else if (word === '--orders') options.orders = whole(word, value());
    else if (word === '--turn') options.turn = whole(word, value());
    else if (word === '--only')
      options.only = value()
        .split(',')
        .map((one) => whole(word, one));
    else if (word === '--planted') options.plant = value();
    else if (word === '--trace') options.trace = true;
    else throw new Error(`unknown: ${word}`);
  }
  return options;
}

function whole(word: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${word} wants a whole number, not ${text}`);
  return Number(text);
}
