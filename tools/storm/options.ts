/** What `npm run storm -- …` was asked for. */
export interface Options {
  scenarios: string[];
  seed: number;
  /** 1 is the short form; absent means the scenario's own full size. */
  size?: number;
  break?: string;
  planted?: string;
  times: number;
}

const FULL_MINUTES = 1;

/**
 * `[S1..S19|all|ci] [--seed n] [--minutes m] [--times n] [--break guard|all] [--planted n|all]`
 * @throws on anything else
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const options: Options = { scenarios: [], seed: 20_190_914, times: 1 };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const value = () => {
      const next = args[++at];
      if (next === undefined) throw new Error(`${word} wants a value`);
      return next;
    };
    if (word === '--seed') options.seed = whole(word, value());
    else if (word === '--times') options.times = whole(word, value());
    else if (word === '--minutes') options.size = Math.max(1, (number(word, value()) / FULL_MINUTES) * 4);
    else if (word === '--break') options.break = value();
    else if (word === '--planted') options.planted = args[at + 1]?.match(/^\w/) ? value() : 'all';
    else if (word === 'all') options.scenarios.push(...known);
    else if (word === 'ci') options.scenarios.push('ci');
    else if (known.includes(word)) options.scenarios.push(word);
    else throw new Error(`unknown: ${word}. Scenarios are ${known.join(' ')}, all or ci.`);
  }
  if (options.scenarios.length === 0 && !options.break && !options.planted) options.scenarios.push(...known);
  return options;
}

function number(word: string, text: string): number {
  const read = Number(text);
  if (!Number.isFinite(read) || read <= 0) throw new Error(`${word} wants a number, not ${text}`);
  return read;
}

function whole(word: string, text: string): number {
  const read = number(word, text);
  if (!Number.isInteger(read)) throw new Error(`${word} wants a whole number, not ${text}`);
  return read;
}
