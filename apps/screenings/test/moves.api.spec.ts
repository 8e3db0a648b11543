import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { ScreeningsStage } from './screenings-stage.js';

const SHOW = 'aff19-0916-1930-mega';
const RECORDED = 'screenings.screening.recorded.v1';

interface Command {
  path: string;
  body: { moveId?: string; tag?: string; to?: { planId: string; startsAt: string }; seats?: unknown[] };
}

/** Tickets, as far as a move asks it; answers as its contract says, and forgets nothing. */
class Tickets {
  readonly commands: Command[] = [];
  readonly states = new Map<string, string>();
  down = false;
  /** What the next confirmation answers instead: a refusal or a newer preview. */
  instead?: { status: number; body: object };
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Tickets> {
    let tickets: Tickets | undefined;
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        const { status, body } = tickets!.answer({ path: request.url ?? '', body: JSON.parse(text || '{}') });
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    tickets = new Tickets(server, `http://127.0.0.1:${port}`);
    return tickets;
  }

  preview(moveId: string, tag = 'tag-1') {
    return {
      moveId,
      screeningId: SHOW,
      tag,
      claims: { order: 2 },
      unchanged: 0,
      split: [],
      worse: 0,
      unseated: [],
      clashes: 0,
    };
  }

  private answer(command: Command): { status: number; body: object } {
    if (this.down) return { status: 503, body: {} };
    this.commands.push(command);
    const [, id = '', what] = /seating-moves\/([^/]+)\/(\w+)$/.exec(command.path) ?? [];
    if (!what) {
      this.states.set(command.body.moveId!, 'previewed');
      return { status: 200, body: this.preview(command.body.moveId!) };
    }
    if (what === 'confirm' && this.instead) {
      const { instead } = this;
      this.instead = undefined;
      return instead;
    }
    const state = { confirm: 'seated', undo: 'undone', settle: 'settled', abandon: 'abandoned' }[what]!;
    this.states.set(id, state);
    return { status: 200, body: { moveId: id, state, moved: 2, unseated: 0 } };
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('a move of a screening', () => {
  let stage: ScreeningsStage;
  let tickets: Tickets;
  const request = (body: object, headers = {}) => stage.ask('POST', `/screenings/${SHOW}/moves`, { body, headers });
  const act = (id: string, what: string, body: object = {}) => stage.ask('POST', `/moves/${id}/${what}`, { body });
  const view = async () => (await stage.ask('GET', `/screenings/${SHOW}`)).body;
  const one = async (id: string) => (await stage.ask('GET', `/moves/${id}`)).body;
  const age = (id: string, column: 'expires_at' | 'undo_until') =>
    stage.db.database.query(`UPDATE screening_move SET ${column} = clock_timestamp() WHERE id = $1`, [id]);
  const slots = () =>
    stage.db.database.query<{ kind: string; hall: string }>(
      'SELECT kind, hall_id AS hall FROM hall_slot WHERE screening_id = $1 ORDER BY kind',
      [SHOW],
    );
  const TO = { startsAt: '2019-09-19T02:00:00.000Z', hallId: 'arman-1' };

  beforeAll(async () => {
    tickets = await Tickets.open();
    stage = await ScreeningsStage.open({ TICKETS_URL: tickets.url });
  }, 120_000);
  afterEach(() => {
    tickets.down = false;
  });
  afterAll(async () => {
    await stage.close();
    await tickets.close();
  });

  it('keeps both halls from the request on, shows who would sit where, and leaves no trace when it is given up', async () => {
    const before = await view();
    const key = { 'Idempotency-Key': newId() };
    const move = await request(TO, key);
    expect([move.status, move.body.state, move.body.preview.claims]).toEqual([201, 'previewed', { order: 2 }]);
    expect((await request(TO, key)).body.id).toBe(move.body.id);
    expect(tickets.commands.at(-1)!.body).toMatchObject({
      to: { planId: 'arman-1', startsAt: TO.startsAt },
      seats: expect.any(Array),
    });
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current', 'wanted']);
    const rival = {
      editionId: 'almaty-2019',
      items: [{ kind: 'talk', title: { kk: 'Х', ru: 'Х', en: 'X' }, minutes: 60 }],
      hallId: 'arman-1',
      startsAt: TO.startsAt,
      prices: [],
    };
    expect((await stage.ask('POST', '/screenings', { body: rival })).body.code).toBe('hall-overlap');
    expect((await request({ startsAt: '2019-09-19T06:00:00.000Z' })).body.code).toBe('screening-moving');
    const patch = await stage.ask('PATCH', `/screenings/${SHOW}`, {
      body: { highlight: false },
      headers: { 'If-Match': (await stage.ask('GET', `/screenings/${SHOW}`)).headers.get('etag')! },
    });
    expect(patch.body.code).toBe('screening-moving');
    expect((await act(move.body.id, 'abandon')).body.state).toBe('abandoned');
    expect((await act(move.body.id, 'abandon')).body.state).toBe('abandoned');
    expect((await act(move.body.id, 'confirm', { tag: 'tag-1' })).body.code).toBe('move-step-illegal');
    expect(await view()).toEqual(before);
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current']);
  });

  it('is confirmed by the preview that was seen, tells the new place, and comes back exactly', async () => {
    const before = await view();
    const { id } = (await request(TO)).body;
    expect((await act(id, 'confirm', { tag: 'another' })).body.code).toBe('move-preview-changed');
    const seated = await act(id, 'confirm', { tag: 'tag-1' });
    expect(seated.body.state).toBe('seated');
    expect((await act(id, 'confirm', { tag: 'tag-1' })).body.state).toBe('seated');
    const now = await view();
    expect(now).toMatchObject({
      hallId: 'arman-1',
      planId: 'arman-1',
      startsAt: TO.startsAt,
      movedFrom: { hallId: before.hallId },
    });
    expect(Date.parse(now.startsAt) - Date.parse(now.doorsOpenAt)).toBe(
      Date.parse(before.startsAt) - Date.parse(before.doorsOpenAt),
    );
    expect(await stage.told(RECORDED, SHOW)).toMatchObject({ planId: 'arman-1', hall: { id: 'arman-1' } });
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current', 'left']);
    expect((await act(id, 'undo')).body.state).toBe('undone');
    expect((await act(id, 'undo')).body.state).toBe('undone');
    const { version: _, ...back } = await view();
    const { version: __, ...was } = before;
    expect(back).toEqual(was);
    expect((await stage.told(RECORDED, SHOW)).planId).toBe(before.planId);
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current']);
  });

  it('repeats a command that tickets did not answer, until it does', async () => {
    tickets.down = true;
    const { id, state } = (await request(TO)).body;
    expect(state).toBe('requested');
    tickets.down = false;
    await eventually(async () => expect((await one(id)).state).toBe('previewed'));
    tickets.down = true;
    expect((await act(id, 'confirm', { tag: 'tag-1' })).body).toMatchObject({
      state: 'confirmed',
      trouble: 'part-unavailable',
    });
    expect((await view()).hallId).not.toBe('arman-1');
    tickets.down = false;
    await eventually(async () => expect((await one(id)).state).toBe('seated'));
    expect((await act(id, 'undo')).body.state).toBe('undone');
  }, 30_000);

  it('shows the newer preview when seats were claimed since the first one', async () => {
    const { id } = (await request(TO)).body;
    tickets.instead = {
      status: 200,
      body: { moveId: id, state: 'previewed', moved: 0, unseated: 0, preview: tickets.preview(id, 'tag-2') },
    };
    expect((await act(id, 'confirm', { tag: 'tag-1' })).body).toMatchObject({
      state: 'previewed',
      preview: { tag: 'tag-2' },
    });
    expect((await act(id, 'confirm', { tag: 'tag-2' })).body.state).toBe('seated');
    expect((await act(id, 'undo')).body.state).toBe('undone');
  });

  it('is over where tickets says so', async () => {
    const { id } = (await request(TO)).body;
    tickets.instead = { status: 409, body: { code: 'seating-move-over' } };
    expect((await act(id, 'confirm', { tag: 'tag-1' })).body).toMatchObject({
      state: 'abandoned',
      trouble: 'seating-move-over',
    });
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current']);
  });

  it('is given up after fifteen minutes without a word, and settles ten minutes after it was confirmed', async () => {
    const forgotten = (await request(TO)).body;
    expect(Date.parse(forgotten.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    await age(forgotten.id, 'expires_at');
    await eventually(async () => expect((await one(forgotten.id)).state).toBe('abandoned'));
    expect(tickets.states.get(forgotten.id)).toBe('abandoned');

    const { id } = (await request(TO)).body;
    const seated = (await act(id, 'confirm', { tag: 'tag-1' })).body;
    expect(Date.parse(seated.undoUntil) - Date.now()).toBeGreaterThan(9 * 60_000);
    await age(id, 'undo_until');
    await eventually(async () => expect((await one(id)).state).toBe('settled'));
    expect((await act(id, 'undo')).body.code).toBe('move-undo-over');
    expect((await slots()).map((slot) => slot.kind)).toEqual(['current']);
    const list = await stage.ask('GET', `/screenings/${SHOW}/moves`);
    expect(list.body[0]).toMatchObject({ id, state: 'settled' });
  }, 30_000);

  it('may go to another plan of its own hall, or half an hour later into its own time', async () => {
    const text = 'Hall,1,1:A,2:A\n';
    await stage.ask('POST', '/halls/arman-1/seat-plans', {
      body: { planId: 'arman-1-small', format: 'csv', name: 'Small', text },
    });
    const plan = (await request({ planId: 'arman-1-small' })).body;
    expect(plan.to).toMatchObject({ planId: 'arman-1-small', startsAt: TO.startsAt });
    await act(plan.id, 'abandon');
    const later = (await request({ startsAt: '2019-09-19T02:30:00.000Z' })).body;
    expect(later.state).toBe('previewed');
    expect((await act(later.id, 'confirm', { tag: 'tag-1' })).body.state).toBe('seated');
    expect((await act(later.id, 'settle')).body.state).toBe('settled');
    expect((await act(later.id, 'settle')).body.state).toBe('settled');
    expect((await request({ startsAt: '2019-09-19T02:30:00.000Z' })).body.code).toBe('nothing-moves');
  });

  it('asks what the categories of another plan cost, and takes the old prices back with the undo', async () => {
    const before = (await view()).prices;
    const text = 'Hall,1,1:Sofa,2:Sofa\n';
    await stage.ask('POST', '/halls/arman-2/seat-plans', {
      body: { planId: 'arman-2-sofas', format: 'csv', name: 'Sofas', text },
    });
    const to = { hallId: 'arman-2', planId: 'arman-2-sofas', startsAt: '2019-09-20T02:00:00.000Z' };
    expect((await request(to)).body.code).toBe('move-prices-missing');
    const prices = [
      { category: 'Sofa', name: { kk: 'Диван', ru: 'Диван', en: 'Sofa' }, amount: 500_000, currency: 'KZT' },
    ];
    const move = (await request({ ...to, prices })).body;
    await act(move.id, 'confirm', { tag: 'tag-1' });
    expect((await view()).prices).toEqual(prices);
    await act(move.id, 'undo');
    expect((await view()).prices).toEqual(before);
  });

  it('is for the programmers of its edition', async () => {
    const elsewhere = { roles: ['programmer@almaty-2020'] };
    const no = await stage.ask('POST', `/screenings/${SHOW}/moves`, { body: TO, ...elsewhere });
    expect([no.status, no.body.code]).toEqual([403, 'role-needed']);
    expect((await stage.ask('POST', `/screenings/${SHOW}/close`, elsewhere)).status).toBe(403);
    expect((await stage.ask('POST', `/screenings/${SHOW}/delay`, { body: { minutes: 5 }, ...elsewhere })).status).toBe(
      403,
    );
  });

  it('gives one hall to one of two screenings that want it at the same instant', async () => {
    const made = async (startsAt: string) => {
      const body = {
        editionId: 'almaty-2019',
        items: [{ kind: 'talk', title: { kk: 'Х', ru: 'Х', en: 'X' }, minutes: 60 }],
        hallId: 'bekmambetov-3',
        startsAt,
        prices: [],
      };
      const { id } = (await stage.ask('POST', '/screenings', { body })).body;
      expect((await stage.ask('POST', `/screenings/${id}/announce`)).status).toBe(200);
      return id as string;
    };
    const [a, b] = [await made('2019-09-18T02:00:00.000Z'), await made('2019-09-18T04:00:00.000Z')];
    const wanted = { startsAt: '2019-09-20T02:00:00.000Z', hallId: 'sary-arka-2' };
    const answers = await Promise.all(
      [a, b].map((id) => stage.ask('POST', `/screenings/${id}/moves`, { body: wanted })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)!.body.code).toBe('hall-overlap');
  });

  it('is for programmers, and unknown where it is unknown', async () => {
    const no = await stage.ask('POST', `/screenings/${SHOW}/moves`, { body: TO, roles: ['box-office'] });
    expect(no.status).toBe(403);
    expect((await act(randomUUID(), 'confirm', { tag: 'x' })).body.code).toBe('move-unknown');
    expect((await stage.ask('POST', '/screenings/nothing/moves', { body: TO })).body.code).toBe('screening-unknown');
  });
});
