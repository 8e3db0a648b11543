import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents } from '#libs/contracts';
import { LANGUAGES } from '#libs/kernel';
import { exampleFile, letterExample } from '../../../../tools/mail-preview/examples.js';
import { CLASSES, mayLeave, UNHURRIED_FROM } from '../deliveries/delivery.rules.js';
import { TRIGGERS, triggersOf, UNTOLD } from '../triggers/trigger.rules.js';
import { onWeekday } from './letter.rules.js';
import { writeLetter, writeMessage } from './write-letter.js';

const ROOT = join(__dirname, '../../../..');
const facts = { link: 'https://festival.example/orders/1', shortCode: 'K7Q4 MX9D' };
const example = (type: string) => letterExample(triggersOf(type)[0]!, ROOT)?.data as Record<string, unknown>;
/** What mail programs cut off above. */
const LONGEST = 102 * 1_024;

describe('the trigger table', () => {
  it('has a template in every language and a golden example for each row', () => {
    for (const trigger of TRIGGERS) {
      expect([exampleFile(trigger), existsSync(join(ROOT, exampleFile(trigger)))]).toEqual([
        exampleFile(trigger),
        true,
      ]);
      for (const language of LANGUAGES) {
        const told = letterExample(trigger, ROOT)!;
        expect(writeLetter(trigger.template, language, told.data, told.facts).subject).not.toBe('');
      }
    }
  });

  it('tells every fact, or says why not', () => {
    const told = allEvents().map(({ type }) => [type, triggersOf(type).length > 0 || type in UNTOLD]);
    expect(told.filter(([, known]) => !known)).toEqual([]);
    for (const type of Object.keys(UNTOLD)) expect(triggersOf(type)).toEqual([]);
  });

  it('finds recipient and key in each example, and has one row for a fact and template', () => {
    for (const trigger of TRIGGERS.filter(({ type }) => type)) {
      const { data } = letterExample(trigger, ROOT)!;
      expect(trigger.recipients(data)).toEqual([expect.stringMatching(/.+/)]);
      expect(trigger.key(data)).toMatch(/.+/);
    }
    const rows = TRIGGERS.map(({ type, origin, template }) => `${type ?? origin} ${template}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('sends what is at a door before what can wait', () => {
    for (const urgent of ['login', 'short-notice', 'cancellation', 'reminder', 'offer', 'documents'] as const)
      for (const calm of ['change', 'money', 'invitation', 'booking', 'badge', 'accreditation', 'digest'] as const) {
        expect(CLASSES[urgent].priority).toBeLessThan(UNHURRIED_FROM);
        expect(CLASSES[calm].priority).toBeGreaterThanOrEqual(UNHURRIED_FROM);
      }
  });
});

describe('letters', () => {
  it('say everything in every language, in HTML and in plain text, with one heading and no picture', () => {
    for (const trigger of TRIGGERS)
      for (const language of LANGUAGES) {
        const told = letterExample(trigger, ROOT)!;
        const letter = writeLetter(trigger.template, language, told.data, told.facts);
        expect(letter.html.match(/<h1/g)).toHaveLength(1);
        expect(letter.html).toContain(`<html lang="${language}"`);
        // Nothing tells anybody that the mail was opened: no picture, no font, no style from elsewhere.
        expect(letter.html).not.toMatch(/<img|<link|@import|url\(|undefined|\[object|NaN|%%|<!--\[\w+\]/);
        expect(letter.text).not.toMatch(/[<>]|undefined|!/);
        expect(letter.html).toContain('prefers-color-scheme: dark');
        expect(Buffer.byteLength(letter.html)).toBeLessThan(LONGEST);
      }
  });

  it('of a kind that may be left say how, and no others', () => {
    for (const trigger of TRIGGERS) {
      const told = letterExample(trigger, ROOT)!;
      const letter = writeLetter(trigger.template, 'kk', told.data, told.facts);
      expect([trigger.template, letter.html.includes('/unsubscribe/'), letter.text.includes('/unsubscribe/')]).toEqual([
        trigger.template,
        mayLeave(trigger.deliveryClass),
        mayLeave(trigger.deliveryClass),
      ]);
    }
  });

  it('are said in a few words, without what an officer wrote and without a personal link', () => {
    for (const trigger of TRIGGERS.filter(({ channels }) => channels.some((one) => one !== 'email')))
      for (const language of LANGUAGES) {
        const told = letterExample(trigger, ROOT)!;
        const said = writeMessage(trigger.template, language, told.data, 'https://site.example', told.facts.gathered);
        expect(`${said.title} ${said.text}`).not.toMatch(/undefined|\[object|NaN|2018/);
        expect(said.link).toMatch(/^https:\/\/site\.example(\/(tickets|accreditation|offers\/[\w-]+)?)?$/);
        // Nothing is attached to a short message.
        expect(said.text).not.toMatch(/PDF|тіркелген файл|приложенн|attached|осы хат|этом письме|this mail/i);
      }
  });

  it('let nobody write HTML into somebody’s mail', () => {
    const data = { ...example('accreditations.application.information-requested.v1'), message: '<b>a</b>\n"x" & y' };
    const { html } = writeLetter('information-requested', 'ru', data, facts);
    expect(html).toContain('&lt;b&gt;a&lt;/b&gt;<br>&quot;x&quot; &amp; y');
  });

  it('say what the officer wrote, whether it came with the fact or was asked for', () => {
    const old = example('accreditations.application.information-requested.v1');
    const now = example('accreditations.application.information-requested.v2');
    expect(now).not.toHaveProperty('message');
    const words = { ...facts, message: String(old.message) };
    expect(writeLetter('information-requested', 'en', now, words).text).toContain(String(old.message));
    expect(writeLetter('information-requested', 'en', old, facts).text).toContain(String(old.message));
  });

  it('about a change after the approval never take back what was approved', () => {
    const decided = example('accreditations.application.decided.v2');
    const until = '2019-09-01T12:00:00.000Z';
    const said = (decision: string) =>
      LANGUAGES.map((language) => {
        const data = { ...decided, decision, change: true, until };
        const { subject, text } = writeLetter('application-decided', language, data, { ...facts, reason: 'Blurred.' });
        expect(text).toContain('Blurred.');
        return `${subject} | ${text}`;
      });
    expect(said('rejected')).toEqual([
      expect.stringMatching(/^Өзгерісіңіз қабылданбады .*бейджіңіз жарамды/s),
      expect.stringMatching(/^Изменения не одобрены .*бейдж действуют/s),
      expect.stringMatching(/^Your change is not approved .*your badge are valid/s),
    ]);
    for (const text of said('rejected')) expect(text).not.toMatch(/бере алмаймыз|не можем дать|cannot accredit/);
    expect(said('approved')).toEqual([
      expect.stringMatching(/^Өзгерісіңіз мақұлданды .*қазіргісі жарамды/s),
      expect.stringMatching(/^Изменения одобрены .*действует нынешний/s),
      expect.stringMatching(/^Your change is approved .*keep yours/s),
    ]);
    expect(said('awaiting-payment')).toEqual([
      expect.stringMatching(/^Өзгеріс мақұлданды, төлем қалды .*1 қыркүйекке дейін/s),
      expect.stringMatching(/^Изменения одобрены, осталось оплатить .*до 1 сентября/s),
      expect.stringMatching(/^Your change is approved: the fee is left .*until 1 September/s),
    ]);
  });

  it('remind of a time and not of how long it is until then', () => {
    const soon = TRIGGERS.find(({ template }) => template === 'reminder-2h')!;
    const { data } = letterExample(soon, ROOT)!;
    const said = LANGUAGES.map((language) => writeLetter('reminder-2h', language, data, facts));
    for (const { subject, text } of said) {
      expect(subject).toMatch(/\d\d:\d\d/);
      expect(`${subject} ${text}`).not.toMatch(/екі сағат|два часа|two hours/i);
    }
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

  it('count as their languages do, and sort as a Kazakh dictionary does', () => {
    const gathered = (n: number) =>
      Array.from({ length: n }, () => ({
        template: 'seat-changed',
        data: example('tickets.visit.reseated.v1'),
      }));
    const subject = (n: number, language: 'kk' | 'ru' | 'en') =>
      writeLetter('digest', language, {}, { ...facts, gathered: gathered(n) }).subject;
    expect([2, 5, 21].map((n) => subject(n, 'ru'))).toEqual([
      'Для вас 2 новости',
      'Для вас 5 новостей',
      'Для вас 21 новость',
    ]);
    expect(subject(5, 'kk')).toBe('Сізге қатысты 5 жаңалық');
    expect(subject(1, 'en')).toBe('1 piece of news for you');
    const paid = example('tickets.order.paid.v1') as { lines: object[] };
    const [line] = paid.lines;
    const at = (venue: string) => ({ ...line, venue: { kk: venue, ru: venue, en: venue } });
    const two = { ...paid, lines: [at('Қазақстан'), at('Кинотеатр')] };
    expect(writeLetter('order-paid', 'kk', two, facts).text).toMatch(/Кинотеатр, .*; Қазақстан, /);
  });
});
