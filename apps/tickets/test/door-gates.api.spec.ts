import { randomUUID } from 'node:crypto';
import type { DeviceSession, ScanVerdict, UploadedScans } from '#libs/contracts';
import { castMember, EDITION, eventually, pairScanner } from '#libs/testing';
import { type DoorStage, openDoor, type TestGate } from './door-stage.js';

describe('a gate', () => {
  let door: DoorStage;
  let gate: TestGate;
  let managerPin: string;

  beforeAll(async () => {
    door = await openDoor();
    gate = await door.gate();
    const set = { editionId: EDITION, role: 'house-manager', label: 'House', pin: '2468' };
    const { body } = await door.stage.call(door.manager, 'POST', '/door/pins', set);
    managerPin = body.pins[0].id;
  });
  afterAll(() => door.stage.close());

  const rules = async (id: string, said: object) =>
    expect((await door.stage.call(door.manager, 'PUT', `/door/house/${id}/rules`, said)).status).toBe(200);
  const house = async (id: string) => (await door.stage.call(door.manager, 'GET', `/door/house/${id}`)).body;
  const record = (id: string, code: string, more: object = {}) => ({
    scanId: randomUUID(),
    screeningId: id,
    code,
    at: new Date().toISOString(),
    verdict: 'ok',
    admitted: true,
    ...more,
  });
  const upload = async (by: TestGate, ...scans: object[]) =>
    (await by.post<UploadedScans>('/uploads', { scans })).body.scans;

  describe('device', () => {
    it('pairs once, with the key that signed the code', async () => {
      const { body } = await door.stage.call(door.manager, 'POST', '/door/devices', {
        editionId: EDITION,
        name: 'One',
        gate: '5',
      });
      const post = (path: string, sent: unknown) => door.stage.call(door.manager, 'POST', `/door${path}`, sent);
      const forged = post('/pair', {
        pairingCode: body.pairingCode,
        publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
        proof: 'A'.repeat(86),
      });
      expect((await forged).body.code).toBe('device-proof-wrong');
      const scanner = await pairScanner(post, body.pairingCode);
      await expect(pairScanner(post, body.pairingCode)).rejects.toThrow('pairing-code-unknown');
      const { challenge } = (await post('/challenges', { deviceId: scanner.deviceId })).body;
      const answer = { deviceId: scanner.deviceId, challenge, signature: scanner.sign(challenge) };
      const session: DeviceSession = (await post('/sessions', answer)).body;
      expect(session.festivalOffsetMs).toBe(0);
      expect((await post('/sessions', answer)).body.code).toBe('device-proof-wrong');
      const wrong = {
        ...answer,
        challenge: (await post('/challenges', { deviceId: scanner.deviceId })).body.challenge,
      };
      expect((await post('/sessions', wrong)).body.code).toBe('device-proof-wrong');
    });
    it('tells what it is for, and its PINs only as salted hashes', async () => {
      const { body } = await gate.get<{ pins: object[]; name: string }>('/device');
      expect(body).toMatchObject({ gate: '1', does: ['scan'], offlineAfterMs: 3_000 });
      expect(body.pins).toEqual([expect.objectContaining({ id: managerPin, role: 'house-manager', label: 'House' })]);
      expect(JSON.stringify(body)).not.toContain('2468');
    });
    it('is dead within a second of being revoked, and what it still sends is kept apart', async () => {
      const id = await door.screening(20);
      const lost = await door.gate({ gate: '9' });
      const ticket = await door.ticket(id, 'A-1');
      expect((await lost.get('/screenings')).status).toBe(200);
      expect((await door.stage.call(door.manager, 'DELETE', `/door/devices/${lost.deviceId}`)).status).toBe(204);
      await eventually(async () => expect((await lost.get('/screenings')).status).toBe(401));
      expect((await lost.get<{ code: string }>('/screenings')).body.code).toBe('device-revoked');
      const body = JSON.stringify({ scans: [record(id, ticket.code)] });
      const signed = { deviceId: lost.deviceId, body, signature: lost.sign(body) };
      const kept = await gate.post<UploadedScans>('/quarantine', signed);
      expect(kept.body.scans).toMatchObject([{ outcome: 'quarantined' }]);
      const forged = await gate.post<{ code: string }>('/quarantine', { ...signed, body: body.replace('ok', 'no') });
      expect(forged.body.code).toBe('device-proof-wrong');
      expect(await house(id)).toMatchObject({ quarantined: 1, screening: { admitted: 0 } });
      const apart = await door.stage.call(door.manager, 'GET', `/door/house/${id}/quarantine`);
      const told = { gate: '9', direction: 'in', verdict: 'ok', admitted: true, last4: ticket.serial.slice(-4) };
      expect(apart.body).toMatchObject({ total: 1, scans: [told] });
      expect(JSON.stringify(apart.body)).not.toContain(ticket.code);
      expect((await gate.scan(id, ticket.code)).verdict).toBe('ok');
    });
    it('works only where its scope says, and until its shift is over', async () => {
      const [mine, other] = [await door.screening(20), await door.screening(20)];
      const scoped = await door.gate({ screenings: [mine] });
      const ticket = await door.ticket(other, 'A-1');
      expect(((await scoped.scan(other, ticket.code)) as unknown as { code: string }).code).toBe('device-not-here');
      const { body } = await scoped.get<{ screenings: { id: string }[] }>('/screenings');
      expect(body.screenings.map(({ id }) => id)).toEqual([mine]);
      const over = { from: '2019-09-14T08:00:00Z', until: '2019-09-14T20:00:00Z' };
      await expect(door.gate(over)).rejects.toThrow('device-shift-over');
    });
  });

  describe('scan', () => {
    it('lets a group in part by part with its one code, and no more than it is', async () => {
      const id = await door.screening(20);
      const group = await door.group(id, ['A-1', 'A-2', 'A-3']);
      expect(await gate.scan(id, group.code, { admit: 2 })).toMatchObject({ verdict: 'ok', people: 2, groupLeft: 1 });
      expect(await gate.scan(id, group.code, { admit: 5 })).toMatchObject({ verdict: 'ok', people: 1, groupLeft: 0 });
      expect(await gate.scan(id, group.code)).toMatchObject({ verdict: 'already_used', people: 0 });
      expect((await house(id)).screening.capacity.inside).toBe(3);
      expect((await house(id)).conflicts).toEqual([]);
    });
    it('lets the same person back in by the policy alone, after leaving', async () => {
      const id = await door.screening(20);
      await rules(id, { reentry: 'same-day' });
      const { code } = await door.ticket(id, 'A-1');
      const verdicts: string[] = [];
      for (const direction of ['in', 'in', 'out', 'in', 'out'])
        verdicts.push((await gate.scan(id, code, { direction })).verdict);
      expect(verdicts).toEqual(['ok', 'already_used', 'ok_exit', 'ok_reentry', 'ok_exit']);
      await rules(id, {});
      expect((await gate.scan(id, code)).verdict).toBe('already_used');
    });
    it('stops at the capacity over all gates', async () => {
      const id = await door.screening(20);
      await rules(id, { capacity: 1 });
      const second = await door.gate({ gate: '2' });
      const [one, two] = [await door.ticket(id, 'A-1'), await door.ticket(id, 'A-2')];
      expect(await gate.scan(id, one.code)).toMatchObject({ verdict: 'ok', capacity: { of: 1, inside: 1 } });
      expect((await second.scan(id, two.code)).verdict).toBe('room_full');
      await gate.scan(id, one.code, { direction: 'out' });
      expect((await second.scan(id, two.code)).verdict).toBe('ok');
      expect((await house(id)).alarm).toBe('near');
    });
    it('asks, and takes the answer with the same scan', async () => {
      const id = await door.screening(20);
      await rules(id, { photo: { kind: 'required' } });
      const badge = await door.badge({ booking: { screening: id, seat: 'A-5', state: 'used' } });
      const scanId = randomUUID();
      expect(await gate.scan(id, badge.code, { scanId })).toMatchObject({
        verdict: 'photo_check_required',
        admitted: 'ask',
        photo: true,
      });
      const { body } = await gate.post<{ url: string }>(`/scans/${scanId}/photo`, {});
      expect(body.url).toMatch(/^\/api\/tickets\/door\/photos\//);
      expect(await gate.scan(id, badge.code, { scanId, answers: { photo: 'matches' } })).toMatchObject({
        verdict: 'ok',
        admitted: 'yes',
        row: 'A',
        seat: '5',
      });
      expect((await gate.scan(id, badge.code, { scanId })).verdict).toBe('ok');
    });
    it('is overridden by a house manager’s PIN and a reason, five wrong tries apart', async () => {
      const id = await door.screening(-20);
      const { code } = await door.ticket(id, 'A-1');
      const override = (pin: string) => ({ by: managerPin, reason: 'Film team of the evening', pin });
      const scanId = randomUUID();
      const scan = (pin: string) => gate.scan(id, code, { scanId, answers: { override: override(pin) } });
      expect((await gate.scan(id, code, { scanId })).verdict).toBe('expired');
      expect(await scan('2468')).toMatchObject({ verdict: 'expired', admitted: 'yes', overridden: true });
      expect((await house(id)).screening.admitted).toBe(1);
      const next = await door.ticket(id, 'A-2');
      const tries: string[] = [];
      for (const pin of ['0000', '0001', '0002', '0003', '0004', '2468'])
        tries.push(
          ((await gate.scan(id, next.code, { answers: { override: override(pin) } })) as ScanVerdict & { code: string })
            .code,
        );
      expect(tries).toEqual([...Array(5).fill('door-pin-wrong'), 'door-pin-locked']);
    });
    it('can be taken back for ten seconds, by the device that made it', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const scanId = randomUUID();
      const other = await door.gate({ gate: '2' });
      expect((await gate.scan(id, code, { scanId })).verdict).toBe('ok');
      expect((await other.post<{ code: string }>(`/scans/${scanId}/undo`, {})).body.code).toBe('scan-unknown');
      for (const _ of [1, 2]) expect((await gate.post(`/scans/${scanId}/undo`, {})).status).toBe(204);
      expect((await house(id)).screening).toMatchObject({ admitted: 0, capacity: { inside: 0 } });
      const again = randomUUID();
      expect((await other.scan(id, code, { scanId: again })).verdict).toBe('ok');
      await door.stage.db.database.query(
        `UPDATE scan SET received_at = received_at - interval '20 seconds' WHERE id = $1`,
        [again],
      );
      expect((await other.post<{ code: string }>(`/scans/${again}/undo`, {})).body.code).toBe('undo-too-late');
    });
  });

  describe('upload', () => {
    it('is a fact: stored, named as a clash, and sent again it changes nothing', async () => {
      const id = await door.screening(20);
      const second = await door.gate({ gate: '2', name: 'Second' });
      const { code } = await door.ticket(id, 'A-1');
      const gone = await door.ticket(id, 'A-2', { state: 'ended', endedAs: 'refunded' });
      const one = record(id, code, { at: new Date(Date.now() - 120_000).toISOString() });
      const two = record(id, code, { at: new Date(Date.now() - 60_000).toISOString() });
      await door.stage.db.database.query(
        `UPDATE ticket SET ended_at = ended_at - interval '1 minute' WHERE serial = $1`,
        [gone.serial],
      );
      const refused = record(id, gone.code);
      expect(await upload(gate, one)).toMatchObject([{ outcome: 'stored' }]);
      expect(await upload(second, two, refused)).toMatchObject([
        { outcome: 'conflict', kinds: ['entered-twice'] },
        { outcome: 'conflict', kinds: ['ended-before'] },
      ]);
      const before = (await house(id)).conflicts;
      expect(before).toMatchObject([
        { kind: 'ended-before', endedAs: 'refunded', row: 'A', seat: '2' },
        {
          kind: 'entered-twice',
          row: 'A',
          seat: '1',
          scans: [{ gate: '1' }, { gate: '2', device: 'Second', offline: true }],
        },
      ]);
      expect((await upload(second, two, refused)).map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated']);
      expect((await house(id)).conflicts).toEqual(before);
      const note = { key: before[0].key, note: 'A guest of the director, paid at the counter' };
      const { body } = await door.stage.call(door.manager, 'POST', `/door/house/${id}/conflicts`, note);
      expect(body.conflicts[0].settled).toMatchObject({ note: note.note, by: door.manager.id });
    });
    it('comes out as the same conflicts in whatever order the gates sync', async () => {
      const devices = [gate, await door.gate({ gate: '2' }), await door.gate({ gate: '3' })];
      const found: unknown[][][] = [];
      for (const order of [
        [0, 1, 2],
        [2, 1, 0],
        [1, 2, 0],
      ]) {
        const id = await door.screening(20);
        await rules(id, { capacity: 3 });
        const tickets = [await door.ticket(id, 'A-1'), await door.ticket(id, 'A-2'), await door.ticket(id, 'A-3')];
        const group = await door.group(id, ['B-1', 'B-2']);
        const start = Date.now() - 600_000;
        const at = (second: number) => ({ at: new Date(start + second * 1_000).toISOString() });
        const logs = [
          [record(id, tickets[0]!.code, at(1)), record(id, group.code, { ...at(5), admit: 2 })],
          [record(id, tickets[0]!.code, at(2)), record(id, tickets[1]!.code, at(9))],
          [
            record(id, tickets[0]!.code, at(3)),
            record(id, group.code, at(7)),
            record(id, tickets[2]!.code, { ...at(8), undone: true }),
          ],
        ];
        for (const one of order) await upload(devices[one]!, ...logs[one]!);
        const { conflicts } = await house(id);
        found.push(
          conflicts.map(
            ({
              kind,
              over,
              row,
              scans,
            }: {
              kind: string;
              over: number;
              row: string;
              scans: { at: string; gate: string }[];
            }) => [
              kind,
              over,
              kind === 'entered-twice' ? row : undefined,
              scans.map((scan) => [Date.parse(scan.at) - start, scan.gate]),
            ],
          ),
        );
      }
      expect(found[0]!.map(([kind]) => kind)).toEqual(['entered-twice', 'group-over-size', 'over-capacity']);
      expect(found[1]).toEqual(found[0]);
      expect(found[2]).toEqual(found[0]);
    });
    it('of a clock that is an hour off is put right and marked', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const off = { at: new Date(Date.now() - 3_660_000).toISOString(), clockOffsetMs: 3_600_000 };
      await upload(gate, record(id, code, off), record(id, code, { ...off, scanId: randomUUID() }));
      const { conflicts } = await house(id);
      const [first] = conflicts[0].scans;
      expect(first.clockOff).toBe(true);
      expect(Math.abs(Date.parse(first.at) - (Date.now() - 60_000))).toBeLessThan(10_000);
    });
    it('takes a place of the share for a badge that entered by its function', async () => {
      const id = await door.screening(20, {
        allocations: [{ id: 'jury', classes: ['jury'], capacity: 1, overflow: [] }],
      });
      const modes = { modes: [{ class: 'jury', mode: 'badge-alone' }] };
      await door.stage.call(door.manager, 'PUT', `/screenings/${id}/entry-modes`, modes);
      const [one, two] = [await door.badge({ classes: ['jury'] }), await door.badge({ classes: ['jury'] })];
      expect((await gate.list(id)).shares).toEqual([1]);
      await upload(gate, record(id, one.code));
      expect((await gate.list(id)).shares).toEqual([0]);
      expect((await gate.scan(id, two.code)).verdict).toBe('quota_exhausted');
    });
    it('for another festival is kept apart', async () => {
      const { code } = await door.ticket(await door.screening(20), 'A-1');
      expect(await upload(gate, record('nobodys-screening', code))).toMatchObject([{ outcome: 'quarantined' }]);
    });
    it('never clashes with itself when its answer got lost online', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const scanId = randomUUID();
      await gate.scan(id, code, { scanId });
      expect(await upload(gate, record(id, code, { scanId }))).toMatchObject([{ outcome: 'repeated' }]);
      expect((await house(id)).conflicts).toEqual([]);
      expect(await upload(gate, record(id, code, { scanId, undone: true }))).toMatchObject([{ outcome: 'repeated' }]);
      expect((await house(id)).screening.admitted).toBe(0);
    });
  });

  describe('house', () => {
    it('is for house managers of the edition alone', async () => {
      const id = await door.screening(20);
      const other = castMember('somebody-at-the-door', ['box-office']);
      expect((await door.stage.call(other, 'GET', `/door/house/${id}`)).status).toBe(403);
    });
    it('shows gates, devices and their lists; closes doors and pauses sales', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const late = await door.ticket(id, 'A-2');
      await gate.list(id);
      await gate.post('/report', { screeningId: id, waiting: 3, at: new Date().toISOString(), appVersion: '1.0' });
      await gate.scan(id, code);
      const page = await house(id);
      expect(page.gates).toMatchObject([{ gate: '1', admitted: 1, refused: 0, perMinute: 1 }]);
      expect(page.devices).toMatchObject([{ gate: '1', waiting: 3, synced: false }]);
      expect(page.release.waitingFor).toHaveLength(1);
      const say = (path: string, body: object) =>
        door.stage.call(door.manager, 'POST', `/door/house/${id}${path}`, body);
      expect((await say('/doors', { closed: true })).body.doorsClosedAt).not.toBeNull();
      expect((await gate.scan(id, late.code)).verdict).toBe('expired');
      expect((await say('/doors', { closed: false })).body.doorsClosedAt).toBeNull();
      expect((await gate.scan(id, late.code)).verdict).toBe('ok');
      expect((await say('/sales', { paused: true })).body.salesPaused).toBe(true);
      expect((await say('/sales', { paused: false })).body.salesPaused).toBe(false);
      expect((await say('/sync', {})).body.release.confirmedAt).not.toBeNull();
    });
    it('keeps booked seats while a gate has something left to send, until the manager says otherwise', async () => {
      const id = await door.screening(5);
      const badge = await door.badge({ booking: { screening: id, seat: 'A-1', state: 'used' } });
      await gate.list(id);
      await gate.post('/report', { screeningId: id, waiting: 1, at: new Date().toISOString() });
      await door.stage.db.database.query(`UPDATE booking SET state = 'booked' WHERE screening_id = $1`, [id]);
      const due = async () =>
        (
          await door.stage.db.database.query<{ id: string }>(
            'SELECT u.id FROM unclaimed_bookings(50) AS u(id) JOIN booking b ON b.id = u.id WHERE b.screening_id = $1',
            [id],
          )
        ).length;
      expect(await due()).toBe(0);
      await door.stage.call(door.manager, 'POST', `/door/house/${id}/sync`, {});
      const state = async () =>
        (
          await door.stage.db.database.query<{ state: string }>('SELECT state FROM booking WHERE screening_id = $1', [
            id,
          ])
        )[0]?.state;
      await eventually(async () => expect(await state()).toBe('released'));
      expect((await gate.scan(id, badge.code)).verdict).toBe('seat_released');
    });
    it('finds the seat of somebody whose name was found elsewhere, for its managers alone', async () => {
      const id = await door.screening(20);
      const badge = await door.badge({ booking: { screening: id, seat: 'B-3', state: 'used' } });
      const path = `/door/house/${id}/holders?people=${badge.who.id},${randomUUID()}`;
      const { body } = await door.stage.call(door.manager, 'GET', path);
      const last4 = badge.serial.slice(-4);
      expect(body.holders).toEqual([{ personId: badge.who.id, row: 'B', seat: '3', last4, entered: false }]);
      expect((await door.stage.call(badge.who, 'GET', path)).status).toBe(403);
    });
    it('prints a list without names, and takes its ticks as entries once', async () => {
      const id = await door.screening(20);
      const ticket = await door.ticket(id, 'A-1');
      const badge = await door.badge({ booking: { screening: id, seat: 'B-2', state: 'used' } });
      const { body } = await door.stage.call(door.manager, 'GET', `/door/house/${id}/paper`);
      expect(body.rows).toEqual([
        { row: 'A', seat: '1', last4: ticket.serial.slice(-4), class: 'public', entered: false },
        { row: 'B', seat: '2', last4: badge.serial.slice(-4), class: 'press', entered: false },
      ]);
      const ticks = {
        ticks: [
          { row: 'A', seat: '1' },
          { row: 'B', seat: '2', last4: badge.serial.slice(-4) },
          { row: 'Z', seat: '9' },
        ],
      };
      const type = async () => (await door.stage.call(door.manager, 'POST', `/door/house/${id}/paper`, ticks)).body;
      expect(await type()).toEqual({ stored: 2, repeated: 0, unknown: [{ row: 'Z', seat: '9' }] });
      expect(await type()).toMatchObject({ stored: 0, repeated: 2 });
      expect((await gate.scan(id, ticket.code)).verdict).toBe('already_used');
      expect((await house(id)).screening.admitted).toBe(2);
    });
  });
});
