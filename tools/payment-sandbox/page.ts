import { decimal, type Payment } from './payments.js';

type PageLanguage = 'kk' | 'ru' | 'en';

const WORDS: Record<
  PageLanguage,
  Record<
    'title' | 'sandbox' | 'order' | 'pay' | 'decline' | 'slow' | 'waiting' | 'over' | 'failed' | 'back' | 'look',
    string
  >
> = {
  kk: {
    title: 'Төлем',
    sandbox: 'Сынақ беті: нақты ақша алынбайды.',
    order: 'Төлем №',
    pay: 'Төлеу',
    decline: 'Картадан бас тарту',
    slow: 'Банк баяу жауап береді',
    waiting: 'Банк әлі жауап берген жоқ. Екінші рет төлемеңіз.',
    over: 'Бұл беттің мерзімі өтті. Ақша алынған жоқ.',
    failed: 'Төлем өтпеді. Ақша алынған жоқ.',
    back: 'Фестиваль сайтына оралу',
    look: 'Қайта қарау',
  },
  ru: {
    title: 'Оплата',
    sandbox: 'Тестовая страница: настоящие деньги не списываются.',
    order: 'Платёж №',
    pay: 'Оплатить',
    decline: 'Карта отклонена',
    slow: 'Банк отвечает медленно',
    waiting: 'Банк ещё не ответил. Не платите второй раз.',
    over: 'Время этой страницы вышло. Деньги не списаны.',
    failed: 'Платёж не прошёл. Деньги не списаны.',
    back: 'Вернуться на сайт фестиваля',
    look: 'Посмотреть ещё раз',
  },
  en: {
    title: 'Payment',
    sandbox: 'Test page: no real money is taken.',
    order: 'Payment no.',
    pay: 'Pay',
    decline: 'Decline the card',
    slow: 'Bank is slow',
    waiting: 'The bank has not answered yet. Please do not pay twice.',
    over: 'The time for this page is over. No money was taken.',
    failed: 'The payment did not go through. No money was taken.',
    back: 'Back to the festival',
    look: 'Look again',
  },
};

/** The provider says `kz` where we say `kk`. */
function languageOf(payment: Payment): PageLanguage {
  if (payment.language === 'kz' || payment.language === 'kk') return 'kk';
  return payment.language === 'en' ? 'en' : 'ru';
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** "12 500 ₸" with no-break spaces. */
function amountText(payment: Payment): string {
  const [whole = '', rest] = decimal(payment.amount).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')}${rest ? `,${rest}` : ''}\u00a0₸`;
}

export const stylesheet = `
:root{color-scheme:light dark;--ink:#1c1c1e;--paper:#fff;--line:#8e8e93;--fill:#1c1c1e;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#f2f2f2;--paper:#161618;--fill:#f2f2f2;--on:#161618}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif;padding:1rem}
main{width:100%;max-width:24rem;border:1px solid var(--line);border-radius:.75rem;padding:1.5rem}
h1{font-size:1.25rem;margin:0}
.amount{font-size:2rem;font-weight:650;margin:.5rem 0;font-variant-numeric:tabular-nums}
.note{border-left:3px solid var(--line);padding-left:.75rem}
form{display:grid;gap:.75rem;margin-top:1.5rem}
button,.button{min-height:3rem;width:100%;font:inherit;font-weight:600;border-radius:.5rem;border:1px solid var(--ink);background:var(--paper);color:var(--ink);cursor:pointer;display:grid;place-items:center;text-decoration:none}
button.first{background:var(--fill);color:var(--on)}
:focus-visible{outline:3px solid #0a84ff;outline-offset:2px}`;

export type PageState = 'open' | 'waiting' | 'over' | 'failed';

/** The hosted page: plain forms, no script, one choice each. */
export function paymentPage(payment: Payment, state: PageState): string {
  const language = languageOf(payment);
  const words = WORDS[language];
  const choice = (name: string, label: string, first = false) =>
    `<button name="action" value="${name}"${first ? ' class="first"' : ''}>${label}</button>`;
  const back = (url: string | undefined) =>
    url ? `<a class="button" href="${escapeHtml(url)}">${words.back}</a>` : '';
  const bodies: Record<PageState, string> = {
    open: `<form method="post">${choice('pay', `${words.pay} ${amountText(payment)}`, true)}${choice('decline', words.decline)}${choice('slow', words.slow)}</form>`,
    waiting: `<p class="note" role="status">${words.waiting}</p><form method="get"><button>${words.look}</button></form>${back(payment.successUrl)}`,
    over: `<p class="note" role="status">${words.over}</p>${back(payment.failureUrl)}`,
    failed: `<p class="note" role="status">${words.failed}</p>${back(payment.failureUrl)}`,
  };
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title}</title>
<link rel="stylesheet" href="/style.css"></head><body><main><h1>${words.title}</h1>
<p class="amount">${amountText(payment)}</p><p>${escapeHtml(payment.description)}<br>${words.order} ${payment.id}</p>
<p class="note">${words.sandbox}</p>${bodies[state]}</main></body></html>`;
}
