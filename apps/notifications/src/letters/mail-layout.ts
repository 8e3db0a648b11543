import type { Language } from '#libs/kernel';
import type { Letter } from './letter.rules.js';
import { LAYOUTS } from './letter-layout.generated.js';
import { FESTIVAL, LEAVING } from './letter-words.js';
import { render, type Values } from './render-layout.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A text written by a person keeps its lines. */
function escapeLines(text: string): string {
  return escaped(text).replace(/\r?\n/g, '<br>');
}

/** The mail as HTML: its layout was compiled when it was built; there is no picture, and nothing is fetched. */
export function letterHtml(letter: Letter, language: Language, unsubscribe?: string): string {
  const rows = (letter.rows ?? []).map((row) => ({
    title: escaped(row.title),
    note: escaped(row.note ?? ''),
    value: escaped(row.value ?? ''),
  }));
  const total = letter.total ? [{ label: escaped(letter.total.label), sum: escaped(letter.total.value) }] : undefined;
  const values: Values = {
    subject: escaped(letter.subject),
    preheader: escaped(letter.paragraphs[0] ?? ''),
    heading: escaped(letter.heading),
    paragraphs: letter.paragraphs.map((text) => ({ text: escapeLines(text) })),
    table: rows.length > 0 || total ? [{ rows, total }] : undefined,
    action: letter.action && [{ label: escaped(letter.action.label), href: escaped(letter.action.href) }],
    box: letter.box && [{ title: escaped(letter.box.title), text: escapeLines(letter.box.text) }],
    footer: escaped(letter.footer),
    leave: unsubscribe === undefined ? undefined : [{ unsubscribe: escaped(unsubscribe) }],
  };
  return render(LAYOUTS[language], values);
}

/** The same words for who reads plain text. */
export function letterText(letter: Letter, language: Language, unsubscribe?: string): string {
  const lines = [
    FESTIVAL[language],
    '',
    letter.heading,
    '',
    ...letter.paragraphs,
    '',
    ...(letter.rows ?? []).map((row) => [row.title, row.note, row.value].filter(Boolean).join(' · ')),
    ...(letter.total ? [`${letter.total.label}: ${letter.total.value}`] : []),
    ...(letter.action ? ['', `${letter.action.label}: ${letter.action.href}`] : []),
    ...(letter.box ? ['', letter.box.title, letter.box.text] : []),
    '',
    '-- ',
    letter.footer,
    ...(unsubscribe === undefined ? [] : [`${LEAVING[language]}: ${unsubscribe}`]),
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}
