/** A JSON text that broke, with the line on which it did. */
export class BrokenJson extends Error {
  constructor(
    readonly line: number,
    readonly found: string,
  ) {
    super(`line ${line}: ${found}`);
    this.name = 'BrokenJson';
  }
}

/** A parsed text that still knows on which line each value began. */
export interface LinedJson {
  value: unknown;
  /** The line (from 1) of the value at a JSON pointer ("/films/3/title"), or of the nearest value above it. */
  lineOf(pointer: string): number;
}

const SPACE = /[\x20\t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const WORD = /true|false|null/y;
const DEEPEST = 60;

/** Reads JSON as `JSON.parse` does, a repeated key refused. Throws {@link BrokenJson}. */
export function parseLined(text: string): LinedJson {
  const reader = new Reader(text);
  const value = reader.whole();
  return { value, lineOf: (pointer) => reader.lineOf(pointer) };
}

class Reader {
  private at = 0;
  private readonly starts = new Map<string, number>();

  constructor(private readonly text: string) {}

  whole(): unknown {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    const value = this.value('', 0);
    this.skip();
    if (this.at < this.text.length) throw this.broken();
    return value;
  }

  lineOf(pointer: string): number {
    for (let p = pointer; ; p = p.slice(0, p.lastIndexOf('/'))) {
      const start = this.starts.get(p);
      if (start !== undefined) return this.lineAt(start);
      if (p === '') return 1;
    }
  }

  private lineAt(position: number): number {
    let line = 1;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < position; i = this.text.indexOf('\n', i + 1)) line++;
    return line;
  }

  private broken(): BrokenJson {
    const found =
      this.at >= this.text.length ? 'the end of the file' : JSON.stringify(this.text.slice(this.at, this.at + 20));
    return new BrokenJson(this.lineAt(this.at), found);
  }

  private skip(): void {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  private value(pointer: string, depth: number): unknown {
    this.skip();
    if (depth > DEEPEST) throw this.broken();
    this.starts.set(pointer, this.at);
    const first = this.text[this.at];
    if (first === '{') return this.object(pointer, depth);
    if (first === '[') return this.array(pointer, depth);
    const raw = first === '"' ? this.take(STRING) : (this.take(NUMBER) ?? this.take(WORD));
    if (raw === undefined) throw this.broken();
    return JSON.parse(raw);
  }

  private object(pointer: string, depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    this.at++;
    for (let first = true; ; first = false) {
      this.skip();
      if (this.text[this.at] === '}') {
        this.at++;
        return found;
      }
      if (!first) {
        if (this.text[this.at] !== ',') throw this.broken();
        this.at++;
        this.skip();
      }
      const raw = this.take(STRING);
      if (raw === undefined) throw this.broken();
      const key = JSON.parse(raw) as string;
      if (Object.hasOwn(found, key) || key === '__proto__') throw this.broken();
      this.skip();
      if (this.text[this.at] !== ':') throw this.broken();
      this.at++;
      found[key] = this.value(`${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth + 1);
    }
  }

  private array(pointer: string, depth: number): unknown[] {
    const found: unknown[] = [];
    this.at++;
    for (;;) {
      this.skip();
      if (this.text[this.at] === ']') {
        this.at++;
        return found;
      }
      if (found.length > 0) {
        if (this.text[this.at] !== ',') throw this.broken();
        this.at++;
      }
      found.push(this.value(`${pointer}/${found.length}`, depth + 1));
    }
  }
}
