import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '#libs/kernel';
import { TRIGGERS } from '../triggers/trigger.rules.js';
import { onWeekday } from './letter.rules.js';
import { writeLetter } from './write-letter.js';

const facts = { link: 'https://festival.example/orders/1', shortCode: 'K7Q4 MX9D' };
const example = (type: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(__dirname, `../../../../libs/contracts/examples/${type}.json`), 'utf8')).data;

describe('letters', () => {
  it('say everything in every language, in HTML and in plain text, with one heading and no picture', () => {
    for (const { type, template } of TRIGGERS)
      for (const language of LANGUAGES) {
        const letter = writeLetter(template, language, example(type), facts);
        expect(letter.html.match(/<h1/g)).toHaveLength(1);
        expect(letter.html).toContain(`<html lang="${language}">`);
        expect(letter.html).not.toMatch(/<img|undefined|\[object|url\(/);
        expect(letter.text).not.toMatch(/[<>]|undefined|!/);
        expect(Buffer.byteLength(letter.html)).toBeLessThan(60_000);
      }
  });

  it('let nobody write HTML into somebody’s mail', () => {
    const data = { ...example('accreditations.application.information-requested.v1'), message: '<b>a</b>\n"x" & y' };
    const { html } = writeLetter('information-requested', 'ru', data, facts);
    expect(html).toContain('&lt;b&gt;a&lt;/b&gt;<br>&quot;x&quot; &amp; y');
  });

  it('tell a buyer who paid twice that the tickets are valid', () => {
    const data = { ...example('tickets.order.refunded.v1'), reason: 'paid-twice' };
    expect(writeLetter('refunded', 'en', data, facts).text).toContain('Your tickets are valid.');
    expect(writeLetter('refund-due', 'en', example('tickets.order.refund-due.v1'), facts).text).toContain(
      'The seats were sold before your payment arrived. 5\u00A0000\u00A0₸ goes back to your card',
    );
  });

  it('decline the day as its language does', () => {
    const friday = new Date('2019-09-20T13:00:00Z');
    expect(LANGUAGES.map((language) => onWeekday(friday, 'Asia/Almaty', language))).toEqual([
      'жұмада',
      'в пятницу',
      'on Friday',
    ]);
  });
});
