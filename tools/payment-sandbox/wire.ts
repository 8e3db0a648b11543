import { XMLParser } from 'fast-xml-parser';
import type { Fields } from './signature.js';

/** A form body: `a[0][b]=c` becomes nested fields, in the order sent. */
export function readForm(body: string): Fields {
  const fields: Fields = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop();
    if (last === undefined || [...path, last].some((part) => part === '__proto__')) continue;
    let at = fields;
    for (const part of path) {
      const next = at[part];
      if (typeof next === 'object') at = next;
      else {
        const made: Fields = {};
        at[part] = made;
        at = made;
      }
    }
    at[last] = value;
  }
  return fields;
}

export function writeForm(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (sign) => ENTITIES[sign] ?? sign);
}

function elements(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const tag = /^\d/.test(name) ? 'item' : name;
      return `<${tag}>${typeof value === 'string' ? escapeXml(value) : elements(value)}</${tag}>`;
    })
    .join('');
}

export function writeXml(fields: Fields): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<response>${elements(fields)}</response>\n`;
}

const parser = new XMLParser({ parseTagValue: false, trimValues: true, ignoreAttributes: true });

/** The flat fields of a merchant's answer; undefined when it is not such a document. A DTD is refused. */
export function readXml(text: string): Record<string, string> | undefined {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return undefined;
  try {
    const { response } = parser.parse(text, true) as { response?: unknown };
    if (typeof response !== 'object' || response === null) return undefined;
    return Object.fromEntries(Object.entries(response).map(([name, value]) => [name, String(value ?? '')]));
  } catch {
    return undefined;
  }
}
