import type { Language, LocalText } from '#libs/kernel';
import type { Letter } from './letter.rules.js';

const FESTIVAL: LocalText = { kk: 'Алматы кинофестивалі', ru: 'Алматинский кинофестиваль', en: 'Almaty Film Festival' };

const APORT = '#C4122F';
const BLUSH = '#FBC9CF';
const INK = '#0F211D';
const MOSS = '#4A5C57';
const LINE = '#C9D3CE';
const SNOW = '#FFFFFF';
const MIST = '#F1F4F2';
const FONT = "font-family:Onest,'Segoe UI',Roboto,Arial,sans-serif";

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A text written by a person keeps its lines. */
function escapeLines(text: string): string {
  return escaped(text).replace(/\r?\n/g, '<br>');
}

function cell(content: string, style: string): string {
  return `<tr><td style="${FONT};color:${INK};${style}">${content}</td></tr>`;
}

/** Stripes of felt, drawn with table cells: there is no picture to block. */
function band(): string {
  const stripe = (colour: string, height: number) =>
    `<tr><td bgcolor="${colour}" height="${height}" style="height:${height}px;line-height:${height}px;font-size:1px">&nbsp;</td></tr>`;
  return [stripe(APORT, 14), stripe(BLUSH, 6), stripe(APORT, 10), stripe(BLUSH, 4), stripe(APORT, 6)].join('');
}

function rows(letter: Letter): string {
  const line = (title: string, note: string, value: string, strong: boolean) =>
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-top:${strong ? 2 : 1}px solid ${strong ? INK : LINE}"><tr>
<td style="${FONT};color:${INK};padding:14px 0"><strong style="font-size:17px">${escaped(title)}</strong>${
      note ? `<br><span style="font-size:15px;color:${MOSS}">${escaped(note)}</span>` : ''
    }</td>
<td align="right" valign="top" style="${FONT};color:${INK};padding:14px 0 14px 16px;font-size:17px;font-weight:700;white-space:nowrap">${escaped(value)}</td>
</tr></table>`;
  const parts = (letter.rows ?? []).map((row) => line(row.title, row.note ?? '', row.value ?? '', false));
  if (letter.total) parts.push(line(letter.total.label, '', letter.total.value, true));
  return parts.length === 0 ? '' : cell(parts.join(''), 'padding:8px 32px');
}

function button({ label, href }: { label: string; href: string }): string {
  return cell(
    `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="${INK}" style="border-radius:8px">
<a href="${escaped(href)}" style="${FONT};display:inline-block;padding:14px 24px;font-size:16px;font-weight:700;color:${SNOW};text-decoration:none">${escaped(label)}</a>
</td></tr></table>`,
    'padding:16px 32px',
  );
}

/** The mail as HTML: tables, no image, its own colours on dark screens too. */
export function letterHtml(letter: Letter, language: Language): string {
  const body = [
    cell(`<strong>${escaped(FESTIVAL[language])}</strong>`, `padding:20px 32px;font-size:15px`),
    `<tr><td style="padding:0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">${band()}</table></td></tr>`,
    cell(
      `<h1 style="margin:0;font-size:30px;line-height:1.15;color:${INK}">${escaped(letter.heading)}</h1>`,
      'padding:28px 32px 8px',
    ),
    ...letter.paragraphs.map((text) => cell(escapeLines(text), 'padding:6px 32px;font-size:16px;line-height:1.5')),
    rows(letter),
    letter.action ? button(letter.action) : '',
    letter.box
      ? cell(
          `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td bgcolor="${MIST}" style="${FONT};color:${INK};border-radius:8px;padding:16px;font-size:15px;line-height:1.5"><strong>${escaped(letter.box.title)}</strong><br>${escapeLines(letter.box.text)}</td></tr></table>`,
          'padding:8px 32px',
        )
      : '',
    cell(escaped(letter.footer), `padding:16px 32px 28px;font-size:13px;line-height:1.5;color:${MOSS}`),
  ].join('\n');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">
<title>${escaped(letter.subject)}</title></head>
<body style="margin:0;padding:0;background:${MIST}" bgcolor="${MIST}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="${MIST}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="${SNOW}" style="max-width:600px;background:${SNOW};border-radius:8px">
${body}
</table></td></tr></table></body></html>`;
}

/** The same words for who reads plain text. */
export function letterText(letter: Letter, language: Language): string {
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
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}
