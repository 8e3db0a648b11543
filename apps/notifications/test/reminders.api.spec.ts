import { HOUR, MINUTE } from '#libs/kernel';
import type { Envelope } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { golden, Stage } from './notifications-stage.js';

const START = new Date('2019-09-16T13:30:00.000Z');

describe('reminders', () => {
  let stage: Stage;
  let version = 100;
  const person = golden('gateway.person.recorded.v1');

  /** The festival's clock shows `at`. */
  const clock = (at: Date) =>
    stage.hear({
      ...golden('screenings.festival-clock.set.v1'),
      fact: `clock-${++version}`,
      version,
      data: { editionId: 'almaty-2019', offsetMs: at.getTime() - Date.now() },
    });
  const ahead = (ms: number) => clock(new Date(START.getTime() - ms));
  const screening = (more: object = {}) => {
    const told = golden('screenings.screening.recorded.v1');
    const data = { ...(told.data as object), screeningId: 'aff19-0916-1930-mega', startsAt: START.toISOString() };
    return stage.hear({
      ...told,
      fact: `screening-${++version}`,
      version,
      data: { ...data, state: 'on-sale', ...more },
    });
  };
  const paid = (): Envelope => {
    const told = golden('tickets.order.paid.v1');
    const data = told.data as { lines: object[] };
    return { ...told, data: { ...data, lines: data.lines.slice(0, 1) } };
  };
  const returned = (): Envelope => {
    const told = golden('tickets.order.lines-returned.v1');
    const { lines } = paid().data as { lines: object[] };
    return { ...told, data: { ...(told.data as object), lines } };
  };
  const reminders = () =>
    stage.db.database.query<{ template: string; state: string; trouble: string | null }>(
      "SELECT template, state, trouble FROM delivery WHERE class = 'reminder' AND channel = 'email' ORDER BY queued_at, id",
    );
  const settled = (expected: object[]) => eventually(async () => expect(await reminders()).toEqual(expected));
  const sent = (template: string) => ({ template, state: 'sent', trouble: null });

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  /** Somebody bought a ticket two days before. */
  const buy = async () => {
    await ahead(48 * HOUR);
    await screening();
    await stage.hear(person);
    await stage.hear(paid());
    await eventually(() => expect(stage.sink.mails).toHaveLength(1));
  };

  it('come a day and two hours before by the festival’s clock, once, and may be left', async () => {
    await buy();
    await ahead(24 * HOUR + 5 * MINUTE);
    expect(await reminders()).toEqual([]);
    await ahead(24 * HOUR - MINUTE);
    await settled([sent('reminder-24h')]);
    await ahead(2 * HOUR - MINUTE);
    await settled([sent('reminder-24h'), sent('reminder-2h')]);
    await ahead(2 * HOUR - 2 * MINUTE);
    await settled([sent('reminder-24h'), sent('reminder-2h')]);
    const [, day, soon] = stage.sink.mails;
    expect([day?.subject, soon?.subject]).toEqual([
      'Еске саламыз: Жарық болсын, дс, 16 қырк., 19:30',
      'Басталуы дс, 16 қырк., 19:30: Жарық болсын',
    ]);
    expect(soon?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(soon?.headers.get('list-unsubscribe')?.replace(/\s/g, '')).toMatch(
      /^<http:\/\/127\.0\.0\.1:8080\/api\/notifications\/unsubscribe\/[\w.-]+>$/,
    );
  });

  it('are not sent again when all topics are read anew, in whatever order', async () => {
    const topics = [
      { ...golden('screenings.edition.recorded.v1'), fact: 'edition' },
      person,
      paid(),
      golden('tickets.booking.made.v1'),
    ];
    await ahead(48 * HOUR);
    await screening();
    for (const told of topics) await stage.hear(told);
    await ahead(24 * HOUR - MINUTE);
    await settled([sent('reminder-24h')]);
    // The reminder overtakes what is less urgent: the mails about order and booking are waited for as well.
    const mails = 3;
    await eventually(() => expect(stage.sink.mails).toHaveLength(mails));
    for (const order of [topics, [...topics].reverse()]) {
      await stage.forgetInbox();
      for (const told of order) await stage.hear(told);
      await screening();
      await ahead(24 * HOUR - 2 * MINUTE);
    }
    expect(await reminders()).toEqual([sent('reminder-24h')]);
    expect(stage.sink.mails).toHaveLength(mails);
  });

  it('do not come to who bought the ticket after their time', async () => {
    await ahead(3 * HOUR);
    await screening();
    await stage.hear(person);
    await stage.hear(paid());
    await ahead(2 * HOUR - MINUTE);
    await settled([sent('reminder-2h')]);
  });

  it('move with the screening, and the old ones are withheld', async () => {
    await buy();
    stage.sink.answer = () => Object.assign(new Error('busy'), { responseCode: 451 });
    await ahead(24 * HOUR - MINUTE);
    await settled([{ template: 'reminder-24h', state: 'waiting-retry', trouble: 'smtp-451' }]);
    await screening({ startsAt: new Date(START.getTime() + 20 * HOUR).toISOString() });
    stage.sink.answer = () => undefined;
    const gone = { template: 'reminder-24h', state: 'withheld', trouble: 'screening-changed' };
    await settled([gone]);
    await clock(new Date(START.getTime() - 4 * HOUR - MINUTE));
    expect(await reminders()).toEqual([gone]);
    await clock(new Date(START.getTime() - 4 * HOUR + MINUTE));
    await settled([gone, sent('reminder-24h')]);
  });

  it('are not repeated for a shift of half an hour', async () => {
    await buy();
    await ahead(24 * HOUR - MINUTE);
    await settled([sent('reminder-24h')]);
    await screening({ startsAt: new Date(START.getTime() + 30 * MINUTE).toISOString() });
    await ahead(23 * HOUR);
    await ahead(2 * HOUR - 31 * MINUTE);
    await settled([sent('reminder-24h'), sent('reminder-2h')]);
  });

  it('stay away when the ticket was given back or the screening is cancelled', async () => {
    await buy();
    stage.sink.answer = () => Object.assign(new Error('busy'), { responseCode: 451 });
    await ahead(24 * HOUR - MINUTE);
    await settled([{ template: 'reminder-24h', state: 'waiting-retry', trouble: 'smtp-451' }]);
    await stage.hear(returned());
    await settled([{ template: 'reminder-24h', state: 'withheld', trouble: 'visit-over' }]);
    await ahead(2 * HOUR - MINUTE);
    stage.sink.answer = () => undefined;
    await stage.hear(golden('tickets.booking.made.v1'));
    await screening({ state: 'cancelled' });
    await ahead(2 * HOUR - 2 * MINUTE);
    expect(await reminders()).toHaveLength(1);
  });

  it('go to whom the ticket was passed on, not to the buyer', async () => {
    await buy();
    const told = golden('tickets.ticket.transferred.v1');
    const [line] = (paid().data as { lines: object[] }).lines;
    await stage.hear({
      ...person,
      fact: 'new holder',
      aggregate: 'holder-1',
      data: { ...(person.data as object), personId: 'holder-1', email: 'holder@example.kz' },
    });
    await stage.hear({
      ...told,
      data: {
        ...(told.data as object),
        holderId: 'holder-1',
        orderId: (paid().data as { orderId: string }).orderId,
        place: line,
      },
    });
    await ahead(24 * HOUR - MINUTE);
    await settled([sent('reminder-24h')]);
    expect(stage.sink.mails.at(-1)?.to).toBe('holder@example.kz');
  });

  it('ask tickets first: who holds nothing any more hears nothing', async () => {
    await buy();
    const answer = stage.owners.answer;
    stage.owners.answer = () => ({ status: 200, body: { ics: 'BEGIN:VCALENDAR\r\nSTATUS:CANCELLED\r\n' } });
    await ahead(24 * HOUR - MINUTE);
    await settled([{ template: 'reminder-24h', state: 'withheld', trouble: 'visit-over' }]);
    stage.owners.answer = answer;
  });

  it('hear an end that is told before its beginning', async () => {
    await ahead(48 * HOUR);
    await screening();
    await stage.hear(person);
    await stage.hear(returned());
    await stage.hear(paid());
    await ahead(24 * HOUR - MINUTE);
    await ahead(2 * HOUR - MINUTE);
    await eventually(() => expect(stage.sink.mails).toHaveLength(2));
    expect(await reminders()).toEqual([]);
  });
});
