import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import { Child, StartTrouble } from '../local-stack/index.js';
import { type Managed, Supervisor } from './supervisor.js';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the supervisor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seans-supervisor-'));
  let told: string[];
  let changes: number;
  let supervisor: Supervisor;
  const program = (name: string, script = 'setInterval(() => {}, 1000)'): Managed => ({
    name,
    launch: async () => {
      const logFile = join(folder, `${name}.log`);
      return Child.start({ name, command: process.execPath, args: ['-e', script], logFile });
    },
  });

  beforeEach(() => {
    told = [];
    changes = 0;
    supervisor = new Supervisor({
      pidFile: join(folder, 'pids'),
      tell: (line) => told.push(line),
      onChange: () => changes++,
    });
  });
  afterEach(() => supervisor.stopAll());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts a dead program again, says so, and knows its new process', async () => {
    await supervisor.start([program('tickets')]);
    const first = supervisor.pidOf('tickets')!;
    process.kill(first, 'SIGKILL');
    await eventually(() => expect(changes).toBe(1));
    expect(supervisor.pidOf('tickets')).not.toBe(first);
    expect(told[0]).toMatch(/^tickets ended by SIGKILL; starting it again in 0.2 s$/);
    expect(told[1]).toMatch(/^tickets answers again/);
  });

  it('starts nothing again that dies while everything stops', async () => {
    await supervisor.start([program('tickets')]);
    const pid = supervisor.pidOf('tickets')!;
    await supervisor.stopAll();
    expect([alive(pid), told]).toEqual([false, []]);
  });

  it('kills what does not want to end', async () => {
    const stubborn = program('stubborn', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)");
    const child = await stubborn.launch();
    await eventually(() => expect(alive(child.pid)).toBe(true));
    await child.stop(100);
    expect(alive(child.pid)).toBe(false);
  });

  it('stops later groups before earlier ones', async () => {
    await supervisor.start([program('postgres')]);
    await supervisor.start([program('tickets')]);
    const ended: string[] = [];
    for (const name of ['postgres', 'tickets']) {
      const pid = supervisor.pidOf(name)!;
      const timer = setInterval(() => {
        if (alive(pid)) return;
        ended.push(name);
        clearInterval(timer);
      }, 1);
    }
    await supervisor.stopAll();
    await eventually(() => expect(ended).toEqual(['tickets', 'postgres']));
  });

  it('fails when one of a group cannot start, and leaves nothing of the others after a stop', async () => {
    const broken: Managed = {
      name: 'broken',
      launch: async () => {
        throw new StartTrouble('broken-failed', 'it is broken');
      },
    };
    await expect(supervisor.start([program('tickets'), broken])).rejects.toMatchObject({ code: 'broken-failed' });
    const pid = supervisor.pidOf('tickets')!;
    await supervisor.stopAll();
    expect(alive(pid)).toBe(false);
  });

  it('ends also what was started and does not answer yet', async () => {
    let pid = 0;
    const slow: Managed = {
      name: 'slow',
      launch: async () => {
        const child = await program('slow').launch();
        pid = child.pid;
        await child.until(async () => false, 60_000);
        return child;
      },
    };
    const starting = supervisor.start([slow]).catch((error: Error) => error);
    await eventually(() => expect(alive(pid)).toBe(true));
    await supervisor.stopAll();
    expect(alive(pid)).toBe(false);
    expect(await starting).toBeInstanceOf(StartTrouble);
    await expect(supervisor.start([program('late')])).rejects.toMatchObject({ code: 'stopped' });
  });

  it('says the last words of a program that ends while starting', async () => {
    const child = await program('talker', "console.error('no space left on device'); process.exit(3)").launch();
    await expect(child.until(async () => false, 5_000)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('no space left on device'),
    });
  });
});
