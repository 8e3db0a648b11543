import type { LeavableClass } from '#libs/contracts';
import type { Language, LocalText } from '#libs/kernel';
import { capitalised } from '../letters/letter.rules.js';
import { FESTIVAL } from '../letters/letter-words.js';

const CLASS_NAME: Record<LeavableClass, LocalText> = {
  booking: { kk: 'брондау растамалары', ru: 'подтверждения брони', en: 'confirmations of bookings' },
  reminder: { kk: 'сеанс алдындағы еске салулар', ru: 'напоминания перед сеансами', en: 'reminders before screenings' },
};

const WORDS = {
  ask: {
    kk: (what: string) => `Енді мына хаттарды алмайсыз ба: ${what}?`,
    ru: (what: string) => `Больше не присылать вам ${what}?`,
    en: (what: string) => `Stop ${what}?`,
  },
  note: {
    kk: 'Билеттер, ақша және өзгерістер туралы хаттар келе береді. Хабарлардың бәрі сайтта қалады.',
    ru: 'Письма о билетах, деньгах и изменениях будут приходить. Все сообщения остаются на сайте.',
    en: 'Mails about tickets, money and changes still come. All messages stay on the site.',
  },
  button: { kk: 'Иә, жібермеңіз', ru: 'Да, не присылать', en: 'Yes, stop them' },
  done: { kk: 'Жарайды, енді жібермейміз', ru: 'Хорошо, больше не пришлём', en: 'Done, we stop' },
  back: { kk: 'Сайтқа өту', ru: 'На сайт', en: 'To the site' },
};

function page(language: Language, heading: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${heading}</title>
<link rel="stylesheet" href="/api/notifications/unsubscribe/style.css"></head>
<body><main><p class="festival">${FESTIVAL[language]}</p><h1>${heading}</h1>${body}</main></body></html>`;
}

/** Asks; nothing is changed by looking at it. The form sends to the address of the page itself. */
export function askPage(deliveryClass: LeavableClass, language: Language): string {
  const heading = WORDS.ask[language](CLASS_NAME[deliveryClass][language]);
  return page(
    language,
    heading,
    `<p>${WORDS.note[language]}</p><form method="post"><button type="submit">${WORDS.button[language]}</button></form>`,
  );
}

export function donePage(deliveryClass: LeavableClass, language: Language): string {
  return page(
    language,
    WORDS.done[language],
    `<p><strong>${capitalised(CLASS_NAME[deliveryClass][language])}.</strong> ${WORDS.note[language]}</p><p><a href="/">${WORDS.back[language]}</a></p>`,
  );
}

export const STYLE = `:root{color-scheme:light dark}
body{margin:0;background:#f1f4f2;color:#0f211d;font:16px/1.5 Onest,system-ui,"Noto Sans",sans-serif}
main{max-width:34rem;margin:0 auto;padding:2rem 1rem}
.festival{border-top:14px solid #c4122f;padding-top:1rem;font-weight:700}
h1{font-size:1.75rem;line-height:1.2}
button{min-height:48px;padding:0 1.5rem;border:0;border-radius:6px;background:#0f211d;color:#f1f4f2;font:inherit;font-weight:650}
a{color:inherit}
:focus-visible{outline:3px solid #1c5fa8;outline-offset:3px}
@media (prefers-color-scheme:dark){body{background:#0b1614;color:#eaf1ee}button{background:#eaf1ee;color:#0b1614}:focus-visible{outline-color:#8cc4ff}}
`;
