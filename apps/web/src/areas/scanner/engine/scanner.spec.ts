import { letInBy, onDuty, pinKeyOf, pinProves } from '#libs/admission-code';
import type { DevicePin } from '#libs/contracts';
import { Disk, type House, house, PlayedMachine, played, settled, watchCryptography } from './played';
import { Scanner } from './scanner';
import type { DoorServer } from './server';
import type { ScannerState } from './state';

describe('a scanner', () => {
  let at: House;
  let machine: PlayedMachine;
  let scanner: Scanner;
  let server: ReturnType<typeof played>['server'];
  let door: DoorServer;
  const state = (): ScannerState => scanner.snapshot();

  beforeEach(async () => {
    watchCryptography();
    at = await house();
    const disk = new Disk();
    machine = new PlayedMachine(disk);
    ({ server, door } = played(at, () => machine));
    scanner = new Scanner(machine, door);
    await scanner.start();
    await scanner.pair('0123456789ABCDEF');
    await settled();
  });

  afterEach(() => jest.restoreAllMocks());

  /** The same device after its browser was killed. */
  async function again(): Promise<void> {
    const { time } = machine;
    machine = new PlayedMachine(machine.disk);
    machine.time = time;
    scanner = new Scanner(machine, door);
    await scanner.start();
    await settled();
  }

  it('asks the house while it answers, and counts whom it let in', async () => {
    expect(state()).toMatchObject({ phase: 'open', online: true, admitted: 10 });
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'ok', offline: false, row: '7', seat: '14' });
    expect(state()).toMatchObject({ waiting: 0, admitted: 11, inside: 11 });
    await machine.pass(1_200);
    expect(state().shown).toBeUndefined();
  });

  it('decides by itself after three seconds of silence, with the id that it asked with', async () => {
    server.play = 'hangs';
    const deciding = scanner.scan(at.code);
    await machine.pass(200);
    expect(state().asking).toBe(true);
    expect(state().shown).toBeUndefined();
    await machine.pass(3_000);
    await deciding;
    expect(state().shown).toMatchObject({ verdict: 'ok', offline: true, row: '7' });
    expect(state()).toMatchObject({ online: false, waiting: 1 });
  });

  it('has a scan on the disk before it is on the screen, and shows nothing where that failed', async () => {
    server.play = 'silent';
    machine.disk.full = true;
    await scanner.scan(at.code);
    expect(state()).toMatchObject({ trouble: 'not-written', waiting: 0 });
    expect(state().shown).toBeUndefined();
    machine.disk.full = false;
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'ok' });
    expect(state().trouble).toBeUndefined();
  });

  it('knows after its browser was killed whom it let in, and hands it in once the house answers', async () => {
    server.play = 'silent';
    await scanner.scan(at.code);
    await again();
    expect(state()).toMatchObject({ phase: 'open', online: false, waiting: 1 });
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'already_used', admitted: 'no' });
    scanner.next();
    server.play = 'answers';
    await machine.pass(40_000);
    expect(state()).toMatchObject({ online: true, waiting: 0 });
    expect(
      server.uploads.flatMap(({ scans }) => scans.map(({ seq, verdict, admitted }) => [seq, verdict, admitted])),
    ).toEqual([
      [1, 'ok', true],
      [2, 'already_used', false],
    ]);
  });

  it('decides by its own log until everything is handed in: the house can’t know yet', async () => {
    server.play = 'silent';
    await scanner.scan(at.code);
    server.play = 'answers';
    await machine.pass(4_100);
    expect(state().online).toBe(true);
    server.asked.length = 0;
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'already_used', offline: true });
    expect(server.asked).not.toContain('scan');
  });

  it('takes the last scan back within ten seconds and not later', async () => {
    server.play = 'silent';
    await scanner.scan(at.code);
    await scanner.undo();
    expect(state()).toMatchObject({ shown: undefined, undoable: undefined, admitted: 10 });
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'ok' });
    await machine.pass(10_001);
    await scanner.undo();
    await scanner.scan(at.code);
    expect(state().shown).toMatchObject({ verdict: 'already_used' });
  });

  it('counts a code that stays in view once', async () => {
    expect(scanner.sight(at.code)).toBe(true);
    await settled();
    await machine.pass(1_500);
    expect(scanner.sight(at.code)).toBe(false);
  });

  it('practises without a word to anybody', async () => {
    scanner.practise(true);
    server.asked.length = 0;
    await scanner.scan('SEANS/PRACTICE/ROOM-FULL');
    expect(state().shown).toMatchObject({ verdict: 'room_full', practice: true });
    expect(server.asked).toEqual([]);
    expect(machine.disk.rows.size).toBe(0);
  });

  it('empties itself when it is revoked, hands in apart what it had, and then loses its keys', async () => {
    server.play = 'silent';
    await scanner.scan(at.code);
    server.play = 'revoked';
    await machine.pass(20_000);
    expect(state()).toMatchObject({ phase: 'ended', endedBy: 'revoked', waiting: 0, screenings: [] });
    expect(server.quarantined).toHaveLength(1);
    expect(machine.wiped).toBe(1);
    expect([...machine.disk.drawer.keys()]).toEqual([]);
  });

  describe('with PINs of the shift', () => {
    const base = { label: 'Evening', salt: 'c2FsdA', iterations: 1_000, proofSalt: 'b3RoZXI', mayFind: true };
    const hashOf = async (digits: string) => {
      const key = await crypto.subtle.importKey('raw', Buffer.from(digits), 'PBKDF2', false, ['deriveBits']);
      const salt = Buffer.from(base.salt, 'base64url');
      const bits = await crypto.subtle.deriveBits(
        { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1_000 },
        key,
        256,
      );
      return Buffer.from(bits).toString('base64url');
    };
    beforeEach(async () => {
      at.device.pins = [
        { ...base, id: 'shift', role: 'operator', hash: await hashOf('1357') },
        { ...base, id: 'manager', role: 'house-manager', hash: await hashOf('864209') },
      ] satisfies DevicePin[];
      await machine.pass(130_000);
      await again();
    });

    it('begins with one, and proves it to the house by each session', async () => {
      expect(state().phase).toBe('pin');
      expect(await scanner.duty.begin('9999')).toBe('wrong');
      expect(await scanner.duty.begin('1357')).toBe('right');
      expect(state()).toMatchObject({ phase: 'open', operator: 'Evening', mayFind: true });
      await scanner.scan(at.code);
      const { operator, challenge } = server.sessions.at(-1)!;
      expect(operator?.by).toBe('shift');
      expect(await pinProves(await pinKeyOf('1357', base), onDuty(challenge), operator!.proof)).toBe(true);
      scanner.duty.handOver();
      expect(state()).toMatchObject({ phase: 'pin', operator: undefined, mayFind: false });
      await machine.pass(20_000);
      expect(server.sessions.at(-1)).not.toHaveProperty('operator');
    });

    it('asks anew where the house takes the PIN no more, and works on', async () => {
      await scanner.duty.begin('1357');
      server.says = 'session door-pin-unknown';
      await scanner.scan(at.code);
      expect(state()).toMatchObject({ phase: 'pin', online: true });
      server.says = undefined;
      await machine.pass(20_000);
      expect(server.sessions.at(-1)).not.toHaveProperty('operator');
    });

    it('asks for one that was set while it worked without', async () => {
      await scanner.duty.begin('1357');
      server.says = 'scan door-operator-needed';
      await scanner.scan(at.code);
      expect(state()).toMatchObject({ phase: 'pin', refused: 'No' });
    });

    it('keeps of a house manager’s word the proof, never the digits', async () => {
      await scanner.duty.begin('1357');
      server.play = 'silent';
      await scanner.scan(at.code);
      scanner.next();
      await machine.pass(2_100);
      await scanner.scan(at.code);
      expect(state().shown).toMatchObject({ verdict: 'already_used', admitted: 'no' });
      expect(await scanner.override('864209', 'A guest')).toBe('right');
      expect(state().shown).toMatchObject({ admitted: 'yes', overridden: true });
      expect(JSON.stringify([...machine.disk.rows.values()])).not.toContain('864209');
      server.play = 'answers';
      await machine.pass(40_000);
      const { scanId, answers, operator } = server.uploads.flatMap(({ scans }) => scans).at(-1)!;
      expect(operator).toBe('shift');
      const { by, reason, proof, ...rest } = answers!.override!;
      expect({ by, reason, rest }).toEqual({ by: 'manager', reason: 'A guest', rest: {} });
      expect(await pinProves(await pinKeyOf('864209', base), letInBy(scanId, reason), proof!)).toBe(true);
    });
  });

  it('is dead at the end of its shift, without a network too', async () => {
    server.play = 'silent';
    await machine.pass(3_700_000);
    expect(state()).toMatchObject({ phase: 'ended', endedBy: 'shift-over' });
  });
});
