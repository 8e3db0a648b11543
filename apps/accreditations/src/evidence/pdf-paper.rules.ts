import { inflateSync } from 'node:zlib';

/** What a PDF wants to do besides being read. */
export type PdfAct = 'script' | 'program' | 'attachment' | 'form' | 'media' | 'opens-something' | 'hidden-objects';

export interface PdfFindings {
  pages: number;
  /** Nobody can look into it without a password. */
  encrypted: boolean;
  /** Its end is missing, or it has no page. */
  broken: boolean;
  /** Something follows its end. */
  tail: boolean;
  act?: PdfAct;
}

/** Names of ISO 32000-2 that make a document act, sections 7.11, 12.6, 12.7 and 13. */
const ACTS: readonly [RegExp, PdfAct][] = [
  [/\/JavaScript(?![A-Za-z0-9])/, 'script'],
  [/\/Launch(?![A-Za-z0-9])/, 'program'],
  [/\/EmbeddedFiles?(?![A-Za-z0-9])/, 'attachment'],
  [/\/GoTo[ER](?![A-Za-z0-9])/, 'attachment'],
  [/\/(SubmitForm|ImportData|XFA)(?![A-Za-z0-9])/, 'form'],
  [/\/(RichMedia|Rendition|Movie|Sound)(?![A-Za-z0-9])/, 'media'],
];
const PAGE = /\/Type\s*\/Page(?![A-Za-z0-9])/;
/** Most bytes that packed objects may unfold to: many times what a letter needs, little for a machine. */
const UNFOLDED = 32 * 1024 * 1024;
/** Most objects of one stream that are looked at, and how far: what an object is stands at its beginning. */
const MOST_PACKED = 50_000;
const LONGEST_LOOK = 1_000;

/** One filter, by name or as a list of one; whatever else stands there, a reference or a second filter, is not looked into. */
const FILTER = /\/Filter\s*(?:\/(\w+)\s*(?=[/>])|\[\s*\/(\w+)\s*\])/;
/** What a stream of packed objects must tell (ISO 32000-2, table 16), and no other stream tells both. */
const COUNTED: readonly RegExp[] = [/\/N(?![A-Za-z0-9])/, /\/First(?![A-Za-z0-9])/];

/**
 * Looks at what stands in a PDF without drawing it. Names may be written with escapes and objects may be packed: both
 * are undone, and what is packed in a way that nobody needs for a letter counts as hidden.
 */
export function lookIntoPdf(bytes: Buffer): PdfFindings {
  const text = plainNames(bytes.toString('latin1'));
  const packed = unpack(bytes)?.map((one) => ({ ...one, text: plainNames(one.text) }));
  const objects = new Map([...objectsIn(text), ...(packed ?? []).flatMap(packedObjects)]);
  const end = bytes.lastIndexOf('%%EOF');
  const pages = [...objects.values()].filter((object) => PAGE.test(object)).length;
  return {
    pages,
    encrypted: /\/Encrypt\s*(<<|\d+\s+\d+\s+R)/.test(text),
    broken: end < 0 || pages === 0,
    tail: end >= 0 && bytes.subarray(end + 5).some((byte) => ![0, 9, 10, 12, 13, 32].includes(byte)),
    act: packed ? actOf([text, ...packed.map((one) => one.text)], objects) : 'hidden-objects',
  };
}

function actOf(texts: readonly string[], objects: ReadonlyMap<string, string>): PdfAct | undefined {
  for (const text of texts) {
    const act = ACTS.find(([name]) => name.test(text));
    if (act) return act[1];
    for (const opened of text.matchAll(/\/OpenAction\s*(\[|<<|(\d+)\s+\d+\s+R)?/g))
      if (!opensOwnPage(text, opened, objects)) return 'opens-something';
  }
  return undefined;
}

/** Most programs that write PDF tell at which page to open: an array, or an action of the kind GoTo. */
function opensOwnPage(text: string, opened: RegExpMatchArray, objects: ReadonlyMap<string, string>): boolean {
  const goes = (from: string) => /^\s*\[/.test(from) || /^\s*<<[^>]{0,300}\/S\s*\/GoTo(?![A-Za-z])/.test(from);
  if (opened[2]) return goes(objects.get(opened[2]) ?? '');
  const at = (opened.index ?? 0) + '/OpenAction'.length;
  return opened[1] !== undefined && goes(text.slice(at, at + 400));
}

/** Names with their escapes undone: "/J#61vaScript" is "/JavaScript" (ISO 32000-2, 7.3.5). */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The objects that stand there whole, by number: a later one replaces an earlier one. Reads the text once. */
function objectsIn(text: string): [string, string][] {
  const head = /(?<![0-9])(\d{1,10})\s{1,20}\d{1,5}\s{1,20}obj\b/g;
  const end = /endobj|stream\r?\n/g;
  const found: [string, string][] = [];
  for (let begun = head.exec(text); begun; begun = head.exec(text)) {
    end.lastIndex = head.lastIndex;
    const ended = end.exec(text);
    if (!ended) break;
    found.push([begun[1]!, text.slice(head.lastIndex, ended.index)]);
    head.lastIndex = end.lastIndex;
  }
  return found;
}

interface PackedObjects {
  text: string;
  /** Where the first object begins. */
  first: number;
}

/** Objects that are packed into streams (ISO 32000-2, 7.5.7); undefined where one is packed so that we cannot look. */
function unpack(bytes: Buffer): PackedObjects[] | undefined {
  const out: PackedObjects[] = [];
  let left = UNFOLDED;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    const before = bytes.toString('latin1', Math.max(0, at - 2_000), at);
    const about = plainNames(before.slice(Math.max(0, before.lastIndexOf(' obj'))));
    if (!/\/Type\s*\/ObjStm/.test(about)) {
      // A type that stands elsewhere, behind a comment say, is read by others all the same.
      if (COUNTED.every((key) => key.test(about))) return undefined;
      continue;
    }
    const filter = FILTER.exec(about);
    if ((!filter && /\/Filter(?![A-Za-z0-9])/.test(about)) || /\/DecodeParms/.test(about)) return undefined;
    const start = at + (bytes[at + 6] === 13 ? 8 : 7);
    const end = bytes.indexOf('endstream', start);
    if (end < 0) return undefined;
    const body = bytes.subarray(start, end);
    const text = filter
      ? (filter[1] ?? filter[2]) === 'FlateDecode'
        ? inflated(body, left)
        : undefined
      : body.toString('latin1');
    if (text === undefined || text.length > left) return undefined;
    left -= text.length;
    out.push({ text, first: Number(/\/First\s+(\d+)/.exec(about)?.[1] ?? 0) });
  }
  return out;
}

function inflated(body: Buffer, most: number): string | undefined {
  try {
    return inflateSync(body, { maxOutputLength: Math.max(1, most) }).toString('latin1');
  } catch {
    return undefined;
  }
}

function packedObjects({ text, first }: PackedObjects): [string, string][] {
  const head = text
    .slice(0, first)
    .trim()
    .split(/\s+/, 2 * MOST_PACKED);
  const found: [string, string][] = [];
  for (let i = 0; i + 1 < head.length; i += 2) {
    const [from, to] = [Number(head[i + 1]), Number(head[i + 3] ?? text.length)];
    found.push([head[i]!, text.slice(first + from, first + Math.min(to, from + LONGEST_LOOK))]);
  }
  return found;
}
