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

/**
 * Looks at what stands in a PDF without drawing it. Names may be written with escapes and objects may be packed: both
 * are undone, and what is packed in a way that nobody needs for a letter counts as hidden.
 */
export function lookIntoPdf(bytes: Buffer): PdfFindings {
  const text = plainNames(bytes.toString('latin1'));
  const packed = unpack(bytes);
  const all = packed === undefined ? [text] : [text, ...packed.map((one) => plainNames(one.text))];
  const pages = new Set([...pagesIn(text), ...(packed ?? []).flatMap((one) => packedPages(one))]);
  const end = bytes.lastIndexOf('%%EOF');
  return {
    pages: pages.size,
    encrypted: /\/Encrypt\s*(<<|\d+\s+\d+\s+R)/.test(text),
    broken: end < 0 || pages.size === 0,
    tail: end >= 0 && bytes.subarray(end + 5).some((byte) => ![0, 9, 10, 12, 13, 32].includes(byte)),
    act: packed === undefined ? 'hidden-objects' : actOf(all),
  };
}

function actOf(texts: readonly string[]): PdfAct | undefined {
  for (const text of texts) {
    const act = ACTS.find(([name]) => name.test(text));
    if (act) return act[1];
    for (const opened of text.matchAll(/\/OpenAction\s*(\[|<<|(\d+)\s+\d+\s+R)?/g))
      if (!opensOwnPage(text, opened, texts)) return 'opens-something';
  }
  return undefined;
}

/** Most programs that write PDF tell at which page to open: an array, or an action of the kind GoTo. */
function opensOwnPage(text: string, opened: RegExpMatchArray, texts: readonly string[]): boolean {
  if (opened[1] === '[') return true;
  const goes = (from: string) => /^\s*\[/.test(from) || /^\s*<<[^>]{0,200}\/S\s*\/GoTo(?![A-Za-z])/.test(from);
  const at = (opened.index ?? 0) + '/OpenAction'.length;
  if (opened[1] === '<<') return goes(text.slice(at, at + 400));
  if (!opened[2]) return false;
  const object = new RegExp(`(?:^|[^0-9])${opened[2]}\\s+\\d+\\s+obj([\\s\\S]{0,400})`);
  return texts.some((one) => goes(object.exec(one)?.[1] ?? ''));
}

/** Names with their escapes undone: "/J#61vaScript" is "/JavaScript" (ISO 32000-2, 7.3.5). */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Numbers of the objects that are pages. */
function pagesIn(text: string): string[] {
  const found: string[] = [];
  for (const object of text.matchAll(/(?:^|[^0-9])(\d{1,10})\s+\d{1,5}\s+obj\b([\s\S]*?)(?:endobj|stream\r?\n)/g))
    if (PAGE.test(object[2]!)) found.push(object[1]!);
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
    if (!/\/Type\s*\/ObjStm/.test(about)) continue;
    const filter = /\/Filter\s*\[?\s*\/(\w+)\s*(\]|\/|>|\s)/.exec(about);
    if (/\/Filter\s*\[\s*\/\w+\s*\//.test(about) || /\/DecodeParms/.test(about)) return undefined;
    const start = at + (bytes[at + 6] === 13 ? 8 : 7);
    const body = bytes.subarray(start, Math.max(start, bytes.indexOf('endstream', start)));
    const text = filter ? (filter[1] === 'FlateDecode' ? inflated(body, left) : undefined) : body.toString('latin1');
    if (text === undefined) return undefined;
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

function packedPages({ text, first }: PackedObjects): string[] {
  const head = text.slice(0, first).trim().split(/\s+/);
  const found: string[] = [];
  for (let i = 0; i + 1 < head.length; i += 2) {
    const [from, to] = [Number(head[i + 1]), Number(head[i + 3] ?? text.length)];
    if (PAGE.test(plainNames(text.slice(first + from, first + to)))) found.push(head[i]!);
  }
  return found;
}
