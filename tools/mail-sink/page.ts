import type { ReadableMail, StoredMail } from './store.js';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:56rem;margin:0 auto;padding:1rem}
table{width:100%;border-collapse:collapse}
td,th{text-align:left;padding:.5rem;border-bottom:1px solid #8886;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid #8886;padding:1rem}
a{color:LinkText}`;

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/style.css"><main>${body}</main></html>`;
}

/** Web addresses in a plain text become links; everything else is text. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part)))
    .join('');
}

export const stylesheet = STYLE;

export function listPage(mails: readonly StoredMail[]): string {
  const rows = [...mails].reverse().map(
    (
      mail,
    ) => `<tr><td>${escapeHtml(mail.at.slice(0, 19).replace('T', ' '))}</td><td>${escapeHtml(mail.to.join(', '))}</td>
<td><a href="/mail/${mail.id}">${escapeHtml(mail.subject || '(no subject)')}</a></td><td><a href="/messages/${mail.id}.eml">.eml</a></td></tr>`,
  );
  const table = `<table><thead><tr><th>When (UTC)<th>To<th>Subject<th>File</thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    'Mails',
    `<h1>Mails</h1><p>Nothing leaves this machine. ${mails.length} so far.</p>${rows.length ? table : ''}`,
  );
}

export function mailPage(mail: ReadableMail): string {
  const parts = mail.attachments.map(
    (part, index) =>
      `<li><a href="/messages/${mail.id}/attachments/${index}">${escapeHtml(part.name)}</a> (${escapeHtml(part.type)}, ${part.size} bytes)</li>`,
  );
  return page(
    mail.subject,
    `<p><a href="/">All mails</a> · <a href="/messages/${mail.id}/html">As a mail program shows it</a> · <a href="/messages/${mail.id}.eml">Download .eml</a></p><h1>${escapeHtml(mail.subject)}</h1>
<p>From ${escapeHtml(mail.from)}<br>To ${escapeHtml(mail.to.join(', '))}<br>${escapeHtml(mail.at)}</p>
${parts.length ? `<ul>${parts.join('')}</ul>` : ''}<pre>${linked(mail.text)}</pre>`,
  );
}
