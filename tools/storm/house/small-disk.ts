import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRoot } from '../../local-stack/index.js';

const PIECE = 1 << 20;
/** What a server may write between its start on the small disk and the moment at which that is full. */
const SPARE_MB = 64;
const WIDE = 'size=2g';

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** Why this machine can make no small disks; undefined where it can. */
export function noSmallDisks(): string | undefined {
  if (process.platform !== 'linux' || !isRoot()) return 'a small disk is a tmpfs, which root alone may mount';
  return undefined;
}

/** Folders under this one that are disks of their own. */
function mountsIn(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`));
}

/** Takes the small disks away; what is on them stays where it was when it is to be kept. */
export function dissolveDisks(folder: string, keep: boolean): void {
  for (const place of mountsIn(folder)) {
    const copy = `${place}.kept`;
    if (keep) cpSync(place, copy, { recursive: true, preserveTimestamps: true });
    run('umount', place);
    if (!keep) continue;
    rmSync(place, { recursive: true, force: true });
    renameSync(copy, place);
  }
}

/** Whether any program still works in the folder: the children of a killed server outlive it for a moment. */
export function inUse(folder: string): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** A disk with room for what is in a folder now and a little more. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Moves a folder to a disk of its own. Nobody may work in it; the programs that do are waited for. */
  static async under(folder: string): Promise<SmallDisk> {
    while (inUse(folder)) await wait(20);
    const before = `${folder}.before`;
    const { uid, gid, mode } = statSync(folder);
    renameSync(folder, before);
    mkdirSync(folder);
    const owner = `uid=${uid},gid=${gid},mode=${(mode & 0o777).toString(8)}`;
    run('mount', '-t', 'tmpfs', '-o', `${WIDE},${owner}`, 'tmpfs', folder);
    run('cp', '-a', `${before}/.`, folder);
    rmSync(before, { recursive: true });
    return new SmallDisk(folder);
  }

  /** Not a byte more fits. */
  fill(): void {
    const { bsize, blocks, bfree } = statfsSync(this.folder);
    const used = Math.ceil(((blocks - bfree) * bsize) / PIECE);
    run('mount', '-o', `remount,size=${used + SPARE_MB}m`, this.folder);
    const file = openSync(this.ballast, 'w');
    try {
      for (const piece = Buffer.alloc(PIECE); ; ) writeSync(file, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** There is room again. */
  free(): void {
    rmSync(this.ballast, { force: true });
    run('mount', '-o', `remount,${WIDE}`, this.folder);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
