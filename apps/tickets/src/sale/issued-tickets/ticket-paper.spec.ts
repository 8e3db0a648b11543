import { needsGuardian, type TicketFacts, ticketPaper } from './ticket-paper.rules.js';
import { ticketPdf } from './ticket-pdf.js';

const FACTS: TicketFacts = {
  title: { kk: 'Жарық болсын', ru: 'Да будет свет', en: 'Let There Be Light' },
  startsAt: new Date('2019-09-16T13:30:00Z'),
  endsAt: new Date('2019-09-16T15:10:00Z'),
  doorsOpenAt: new Date('2019-09-16T13:00:00Z'),
  lateEntryUntil: new Date('2019-09-16T13:45:00Z'),
  timezone: 'Asia/Almaty',
  venue: { kk: 'Арман', ru: 'Арман', en: 'Arman' },
  hall: { kk: 'Үлкен зал', ru: 'Большой зал', en: 'Great hall' },
  row: '7',
  seat: '14',
  general: false,
  places: 1,
  ageRating: '16+',
  guardianNote: null,
  kind: null,
  price: { amount: 250_000, currency: 'KZT' },
  listPrice: { amount: 250_000, currency: 'KZT' },
  reasons: [],
  refundUntil: new Date('2019-09-16T11:30:00Z'),
  admissionCode: 'N'.repeat(138),
  shortCode: 'K7Q4MX',
  live: true,
  poster: { id: 'let-there-be-light', salt: 'almaty-2019.404', family: 'cut', countries: 2, minutes: 93 },
};
const ORDER = {
  number: 'K7QF-2M9T',
  festival: { kk: 'Алматы кинофестивалі', ru: 'Алматинский кинофестиваль', en: 'Almaty Film Festival' },
  days: { from: '2019-09-14', to: '2019-09-20' },
  link: 'https://seans.example/orders/1',
};
const paper = (changes: Partial<TicketFacts> = {}, language: 'kk' | 'ru' | 'en' = 'ru') =>
  ticketPaper({ ...FACTS, ...changes }, { ...ORDER, language }, 0, 2);

describe('a ticket in words', () => {
  it("puts the buyer's language first and the two others small", () => {
    expect(paper()).toMatchObject({
      title: 'Да будет свет',
      otherTitles: 'Жарық болсын · Let There Be Light',
      when: { label: 'Дата и время', others: 'Күні мен уақыты · Date and time', value: '16.09.2019, 19:30' },
      festival: 'Алматинский кинофестиваль, 14–20.09.2019',
      count: 'билет 1 / 2',
      refund: 'Возврат до 16.09.2019, 17:30',
    });
    expect(paper({}, 'kk').when.note).toBe('дс · пн · Mon, есік ашылуы 19:00');
  });

  it('says why it costs less and which paper to bring', () => {
    const student = paper({
      kind: { kk: 'Студент', ru: 'Студент', en: 'Student' },
      price: { amount: 175_000, currency: 'KZT' },
      reasons: [
        { kk: '30 %', ru: 'Студентам скидка 30 %', en: '30 %' },
        { kk: 'Билет', ru: 'Возьмите студенческий билет', en: 'Card' },
      ],
    });
    expect(student.kind.value).toBe('Студент');
    expect([student.price.value, student.price.note]).toEqual(['1\u00a0750\u00a0₸', 'вместо 2\u00a0500\u00a0₸']);
    expect(student.reasons).toEqual(['Студентам скидка 30 %', 'Возьмите студенческий билет']);
  });

  it('carries the rule for minors when the show ends after 22:00 at the venue', () => {
    const ends = (iso: string) => needsGuardian(FACTS.startsAt, new Date(iso), 'Asia/Almaty');
    expect([ends('2019-09-16T16:00:00Z'), ends('2019-09-16T16:01:00Z'), ends('2019-09-16T19:30:00Z')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(paper({ endsAt: new Date('2019-09-16T17:00:00Z') }).guardian).toContain('до 18 лет');
    expect(paper().guardian).toBeNull();
    expect(paper({ guardianNote: { kk: 'Ата-анамен', ru: 'С родителями', en: 'With parents' } }).guardian).toBe(
      'С родителями',
    );
  });

  it('admits a group with one code and says how many', () => {
    expect(paper({ places: 12, row: '4, 5', seat: '1–6 / 1–6' }).entries).toBe('12 входов · 12 кіру · 12 entries');
    expect(paper({}, 'en').entries).toBe('1 entry · 1 кіру · 1 вход');
  });

  it('names no row and seat where there are none, and says when it cannot be returned', () => {
    const free = paper({ general: true, row: '—', seat: '—', refundUntil: null });
    expect(free.place.map((cell) => cell.value)).toEqual(['любое']);
    expect(free.refund).toBe('Билет возврату не подлежит');
  });
});

describe('a ticket as PDF', () => {
  const info = { title: 'Билет K7QF-2M9T', language: 'kk' as const, empty: 'Билет енді жарамсыз' };
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;

  it.each(['a4', 'phone'] as const)('has one page for each ticket (%s)', async (format) => {
    const long = 'Сұмдық ұзақ атаулы көркем фильм: Әлемнің екінші шетіне дейінгі жол';
    const pdf = await ticketPdf(
      [paper({}, 'kk'), paper({ title: { kk: long, ru: long, en: '漢字' }, row: 'Балкон 12' }, 'kk')],
      format,
      info,
    );
    expect([pdf.subarray(0, 5).toString(), pages(pdf)]).toEqual(['%PDF-', 2]);
  });

  it('is one page that says so when no ticket lives', async () => {
    expect(pages(await ticketPdf([], 'a4', info))).toBe(1);
  });
});

it('puts the code into a QR of at most version 8 at level Q', async () => {
  const { create } = await import('qrcode');
  expect(create('A'.repeat(138), { errorCorrectionLevel: 'Q' }).version).toBeLessThanOrEqual(8);
});
