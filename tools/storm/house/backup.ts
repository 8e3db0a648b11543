import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { inUse } from './small-disk.js';

/** Files changed or went while they were read: what a backup of a living server is made for. */
const CHANGED = 1;

function tar(...args: string[]): void {
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' });
  if (status !== 0 && status !== CHANGED) throw new Error(`tar: ${error?.message ?? stderr}`);
}

/** A copy of PostgreSQL's files, made while it worked, with the label that says from where its log must be read. */
export class Backup {
  private constructor(
    private readonly archive: string,
    private readonly label: string,
  ) {}

  /**
   * The log is kept from now on, the files are copied between `pg_backup_start` and
   * `pg_backup_stop`, all on this one connection.
   */
  static async of(db: pg.Client, folder: string, into: string): Promise<Backup> {
    mkdirSync(into, { recursive: true });
    const archive = join(into, 'postgres.tar');
    await db.query(`ALTER SYSTEM SET wal_keep_size = '4GB'`);
    await db.query('SELECT pg_reload_conf()');
    await db.query(`SELECT pg_backup_start('storm', true)`);
    tar(
      ...['-C', folder, '--exclude=./pg_wal/*', '--exclude=./postmaster.pid', '--exclude=./postmaster.opts'],
      ...['--warning=no-file-changed', '--warning=no-file-removed', '-cf', archive, '.'],
    );
    const { rows } = await db.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    return new Backup(archive, rows[0]!.labelfile);
  }

  /** Puts the backup where the lost files were, and beside it the log that outlived them. The server does the rest when it starts. */
  async restore(folder: string): Promise<void> {
    while (inUse(folder)) await new Promise((next) => setTimeout(next, 20));
    const lost = `${folder}.lost`;
    const { uid, gid, mode } = statSync(folder);
    renameSync(folder, lost);
    mkdirSync(folder, { mode });
    chownSync(folder, uid, gid);
    tar('-C', folder, '--same-owner', '-xpf', this.archive);
    const log = join(lost, 'pg_wal');
    for (const name of readdirSync(log).filter((one) => /^[0-9A-F]{24}$|\.history$/.test(one))) {
      const place = join(folder, 'pg_wal', name);
      if (!existsSync(place)) cpSync(join(log, name), place);
      chownSync(place, uid, gid);
    }
    const label = join(folder, 'backup_label');
    writeFileSync(label, this.label);
    chownSync(label, uid, gid);
  }
}
