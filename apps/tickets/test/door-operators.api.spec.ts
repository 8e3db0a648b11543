import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { letInBy, onDuty, pinKeyOf, pinProof } from '#libs/admission-code';
import type { DevicePin, HoldersAtGate, PairedDevice, UploadedScans } from '#libs/contracts';
import { castMember, EDITION } from '#libs/testing';
import { type DoorStage, openDoor, type TestGate } from './door-stage.js';

const MANAGER_PIN = '864209';
const SHIFT_PIN = '1357';

describe('who is on duty at a gate', () => {
  let door: DoorStage;
  let gate: TestGate;
  let gateway: Server;
  let people: { id: string; name: string }[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    gateway = createServer((request, response) => {
      request.on('data', (body) => asked.push(`${request.url} ${body}`));
      request.on('end', () => response.end(JSON.stringify({ people })));
    });
    await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
    door = await openDoor({ GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}` });
    gate = await door.gate();
  });
  afterAll(async () => {
    await door.stage.close();
    gateway.close();
  });
  afterEach(async () => {
    await door.stage.db.database.query('UPDATE door_pin SET ended = true');
    gate.goOn(await gate.open());
  });

  const set = async (role: DevicePin['role'], pin: string, more: object = {}) => {
    const label = randomUUID();
    await door.stage.call(door.manager, 'POST', '/door/pins', { editionId: EDITION, role, label, pin, ...more });
    const { body } = await gate.get<PairedDevice>('/device');
    return body.pins.find((one) => one.label === label)!;
  };
  const duty = (pin: DevicePin, digits: string) => async (challenge: string) => ({
    by: pin.id,
    proof: await pinProof(await pinKeyOf(digits, pin), onDuty(challenge)),
  });
  const rows = <T extends object>(sql: string, values: unknown[] = []) => door.stage.db.database.query<T>(sql, values);

  describe('an operator', () => {
    it('is needed online where the shift has a PIN, is proven to the server, and named by each scan', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const pin = await set('operator', SHIFT_PIN);
      gate.goOn(await gate.open());
      expect(await gate.scan(id, code)).toMatchObject({ code: 'door-operator-needed' });
      gate.goOn(await gate.open(duty(pin, SHIFT_PIN)));
      const scanId = randomUUID();
      expect(await gate.scan(id, code, { scanId, operator: randomUUID() })).toMatchObject({ verdict: 'ok' });
      expect(await rows('SELECT operator FROM scan WHERE id = $1', [scanId])).toEqual([{ operator: pin.id }]);
      gate.goOn(await gate.open());
      const next = await door.ticket(id, 'A-2');
      expect(await gate.scan(id, next.code)).toMatchObject({ code: 'door-operator-needed' });
    });
    it('goes when the PIN ends', async () => {
      const id = await door.screening(20);
      const { code } = await door.ticket(id, 'A-1');
      const pin = await set('operator', SHIFT_PIN);
      await set('operator', '8642');
      gate.goOn(await gate.open(duty(pin, SHIFT_PIN)));
      await door.stage.call(door.manager, 'DELETE', `/door/pins/${pin.id}`);
      const other = await gate.open(duty(pin, SHIFT_PIN)).catch((error: Error) => error.message);
      expect(other).toContain('door-pin-unknown');
      gate.goOn(await gate.open());
      expect(await gate.scan(id, code)).toMatchObject({ code: 'door-operator-needed' });
    });
    it('has five tries in a row at one gate, and closes no other by them', async () => {
      const stolen = await door.gate({ gate: '8' });
      const pin = await set('operator', SHIFT_PIN);
      const said: string[] = [];
      for (const digits of ['0000', '0001', '0002', '0003', '0004', SHIFT_PIN])
        said.push(
          await stolen.open(duty(pin, digits)).then(String, (error: Error) => /door-[a-z-]+/.exec(error.message)![0]),
        );
      expect(said).toEqual([...Array(5).fill('door-pin-wrong'), 'door-pin-locked']);
      await expect(gate.open(duty(pin, SHIFT_PIN))).resolves.toEqual(expect.any(String));
    });
    it('proves nothing with what a device is told', async () => {
      const pin = await set('operator', SHIFT_PIN);
      const told = async (challenge: string) => {
        const key = await crypto.subtle.importKey(
          'raw',
          Buffer.from(pin.hash, 'base64url'),
          { name: 'HMAC', hash: 'SHA-256' },
          false,
          ['sign'],
        );
        return { by: pin.id, proof: await pinProof(key, onDuty(challenge)) };
      };
      await expect(gate.open(told)).rejects.toThrow('door-pin-wrong');
      expect(JSON.stringify((await gate.get('/device')).body)).not.toContain('proofKey');
    });
  });

  describe('an override without a network', () => {
    const uploaded = async (proofOf: (scanId: string, pin: DevicePin) => Promise<string | undefined>) => {
      const id = await door.screening(-20);
      const { code } = await door.ticket(id, 'A-1');
      const pin = await set('house-manager', MANAGER_PIN);
      const scanId = randomUUID();
      const reason = 'Film team of the evening';
      const proof = await proofOf(scanId, pin);
      const override = { by: pin.id, reason, ...(proof && { proof }) };
      const scan = {
        scanId,
        screeningId: id,
        code,
        at: new Date().toISOString(),
        verdict: 'expired',
        admitted: true,
        answers: { override },
      };
      const { status, body } = await gate.post<UploadedScans>('/uploads', { scans: [scan] });
      expect(status).toBe(200);
      const page = (await door.stage.call(door.manager, 'GET', `/door/house/${id}`)).body;
      expect(page.screening.admitted).toBe(1);
      return { id, scanId, answer: body.scans[0]!, conflicts: page.conflicts };
    };
    it('is taken where the PIN was typed for it', async () => {
      const { answer, conflicts } = await uploaded(async (scanId, pin) =>
        pinProof(await pinKeyOf(MANAGER_PIN, pin), letInBy(scanId, 'Film team of the evening')),
      );
      expect(answer.outcome).toBe('stored');
      expect(conflicts).toEqual([]);
    });
    it.each<[string, (scanId: string, pin: DevicePin) => Promise<string | undefined>]>([
      ['is without a proof', async () => undefined],
      [
        'is proven by other digits',
        async (scanId, pin) => pinProof(await pinKeyOf('111111', pin), letInBy(scanId, 'Film team of the evening')),
      ],
      [
        'is proven for another scan',
        async (_, pin) => pinProof(await pinKeyOf(MANAGER_PIN, pin), letInBy(randomUUID(), 'Film team of the evening')),
      ],
      [
        'is proven with another reason',
        async (scanId, pin) => pinProof(await pinKeyOf(MANAGER_PIN, pin), letInBy(scanId, 'Somebody’s friend')),
      ],
      ['is proven by nonsense', async () => 'nonsense %'],
    ])('that %s is a fact all the same, and a conflict of its own', async (_, proofOf) => {
      const { id, scanId, answer, conflicts } = await uploaded(proofOf);
      expect(answer).toMatchObject({ outcome: 'conflict', kinds: ['override-unproven'] });
      expect(conflicts).toMatchObject([{ kind: 'override-unproven', row: 'A', seat: '1', scans: [{ scanId }] }]);
      const note = { key: conflicts[0].key, note: 'Asked the manager: it was so' };
      const { body } = await door.stage.call(door.manager, 'POST', `/door/house/${id}/conflicts`, note);
      expect(body.conflicts[0].settled).toMatchObject({ note: note.note });
    });
  });

  it('marks and lists who is let back in by a gate that has not heard of another’s entry', async () => {
    const id = await door.screening(20);
    await door.stage.call(door.manager, 'PUT', `/door/house/${id}/rules`, { reentry: 'always' });
    const other = await door.gate({ gate: '2', name: 'Second' });
    const { code } = await door.ticket(id, 'A-1');
    await gate.scan(id, code);
    await gate.scan(id, code, { direction: 'out' });
    expect((await other.scan(id, code)).verdict).toBe('ok_reentry');
    const again = { screeningId: id, code, at: new Date().toISOString(), verdict: 'ok_reentry', admitted: true };
    const scanId = randomUUID();
    const { body } = await gate.post<UploadedScans>('/uploads', { scans: [{ ...again, scanId }] });
    expect(body.scans).toMatchObject([{ outcome: 'conflict', kinds: ['entered-twice'] }]);
    expect(await rows('SELECT duplicate_on_sync AS twice FROM scan WHERE id = $1', [scanId])).toEqual([
      { twice: true },
    ]);
    const { conflicts } = (await door.stage.call(door.manager, 'GET', `/door/house/${id}`)).body;
    expect(conflicts).toMatchObject([{ kind: 'entered-twice', scans: [{ gate: '2' }, { scanId, gate: '1' }] }]);
  });

  describe('a name at the gate', () => {
    const ask = (id: string, name = 'Әсел') =>
      gate.post<HoldersAtGate & { code?: string }>('/holders', { screeningId: id, name });
    it('is for operators who may ask', async () => {
      const id = await door.screening(20);
      expect((await ask(id)).body.code).toBe('door-finding-not-allowed');
      const may = await set('operator', SHIFT_PIN);
      gate.goOn(await gate.open(duty(may, SHIFT_PIN)));
      expect((await ask(id)).body.code).toBe('door-finding-not-allowed');
    });
    it('tells the least, and the log keeps who asked, not whom for', async () => {
      const id = await door.screening(20);
      const here = await door.badge({ booking: { screening: id, seat: 'B-3', state: 'used' } });
      const away = await door.badge();
      people = [
        { id: here.who.id, name: 'Әсел Нұрланова' },
        { id: away.who.id, name: 'Әсел Серік' },
      ];
      const pin = await set('operator', SHIFT_PIN, { mayFind: true });
      gate.goOn(await gate.open(duty(pin, SHIFT_PIN)));
      const told = { name: 'Әсел Нұрланова', row: 'B', seat: '3', class: 'press', state: 'expected' };
      expect((await ask(id)).body).toEqual({ holders: [told], more: false });
      await gate.scan(id, here.code);
      expect((await ask(id)).body.holders).toMatchObject([{ state: 'inside' }]);
      await gate.scan(id, here.code, { direction: 'out' });
      expect((await ask(id)).body.holders).toMatchObject([{ state: 'left' }]);
      expect(asked.at(-1)).toContain('/internal/people/search');
      const log = await rows<{ facts: object }>(
        `SELECT actor, subject, facts FROM audit_entry WHERE action = 'door.names-asked' ORDER BY id DESC LIMIT 1`,
      );
      expect(log).toEqual([{ actor: pin.id, subject: id, facts: { device: gate.deviceId, found: 1 } }]);
      expect(JSON.stringify(await rows('SELECT * FROM audit_entry'))).not.toContain('Әсел');
    });
    it('is asked for at the gate’s own doors alone', async () => {
      const id = await door.screening(20);
      const elsewhere = await door.gate({ gate: '2', screenings: ['another'] });
      const pin = await set('house-manager', MANAGER_PIN);
      elsewhere.goOn(await elsewhere.open(duty(pin, MANAGER_PIN)));
      const { body } = await elsewhere.post<{ code: string }>('/holders', { screeningId: id, name: 'Әсел' });
      expect(body.code).toBe('device-not-here');
    });
  });

  describe('the rush line from an office', () => {
    it('is run by house managers and cashiers, with the same numbers as at a gate', async () => {
      const id = await door.screening(5);
      const cashier = castMember('rush-cashier', ['box-office']);
      const as = (who: typeof cashier, method: string, path = '') =>
        door.stage.call(who, method as 'GET', `/rush-lines/${id}${path}`, undefined, randomUUID());
      expect((await as(castMember('rush-finance', ['finance']), 'GET')).status).toBe(403);
      expect((await as(cashier, 'GET')).body).toMatchObject({
        waitingFor: [],
        confirmedAt: null,
        line: { waiting: 0 },
      });
      expect((await as(cashier, 'POST', '/numbers')).body.line).toMatchObject({ waiting: 1, next: 1 });
      await as(door.manager, 'POST', '/numbers');
      expect((await as(cashier, 'POST', '/admit')).body.line.numbers[0]).toMatchObject({ state: 'admitted' });
      expect((await as(cashier, 'POST', '/numbers/2/skip')).body.line).toMatchObject({ waiting: 0, next: null });
      expect((await as(cashier, 'POST', '/admit')).body.code).toBe('rush-line-empty');
    });
    it('calls nobody before its time, and says which gate is waited for', async () => {
      const id = await door.screening(25);
      await gate.list(id);
      await gate.post('/report', { screeningId: id, waiting: 2, at: new Date().toISOString() });
      const call = (method: 'GET' | 'POST', path = '') =>
        door.stage.call(door.manager, method, `/rush-lines/${id}${path}`, undefined, randomUUID());
      expect((await call('GET')).body.waitingFor).toEqual(['Gate']);
      await call('POST', '/numbers');
      expect((await call('POST', '/admit')).body.code).toBe('rush-not-open');
      await door.stage.call(door.manager, 'POST', `/door/house/${id}/sync`, {});
      expect((await call('GET')).body.confirmedAt).not.toBeNull();
    });
  });
});
