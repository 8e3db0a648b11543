import type {
  AskHolders,
  HolderFace,
  HoldersAtGate,
  OpenDeviceSession,
  PairedDevice,
  ScanCode,
  ScanVerdict,
} from '#libs/contracts';
import { HouseSilent } from './answers';
import { type ClockOffset, offsetFrom } from './clock.rules';
import type { Holdings } from './holdings';
import { type EndedBy, Line } from './line';
import type { LogBook } from './log-book';
import { type Machine, nearlyFull } from './ports';
import { pauseAfter } from './retry.rules';
import type { DoorServer } from './server';
import { Uploads } from './uploads';

const BEAT_MS = 20_000;
/** Without a network the house is asked again this often. */
const PROBE_MS = 4_000;
/** The lists of the screenings at the other doors are renewed every so many beats. */
const ALL_LISTS_EVERY = 6;
const OFFLINE_AFTER_MS = 3_000;
const ENDED = 'ended';
const MOST = 100;

interface Hears {
  onClock(clock: ClockOffset): void;
  onDevice(device: PairedDevice): void;
  /** Whoever is on duty proves it for a session. */
  onDuty(challenge: string): Promise<OpenDeviceSession['operator']>;
  /** The house does not take the operator's PIN any more. */
  onDutyRefused(): void;
  onChange(): void;
  onEnded(by: EndedBy): void;
  /** The last scans of a device that ended are with the house. */
  onHandedIn(): void;
  onTrouble(trouble: 'nearly-full' | undefined): void;
  chosen(): string | undefined;
  onScreen(): string | undefined;
  offsetMs(): number;
  festivalTime(): Date;
}

/** The device's dealings with the house: asking, keeping up with its lists, handing in, and the end. */
export class House {
  private line: Line | undefined;
  private readonly uploads: Uploads;
  private identity: PairedDevice | undefined;
  private beats = 0;
  private beating: Promise<void> | undefined;
  private screeningsAt = 0;
  private failures = 0;

  constructor(
    private readonly machine: Machine,
    private readonly server: DoorServer,
    private readonly holdings: Holdings,
    private readonly log: LogBook,
    private readonly hears: Hears,
  ) {
    this.uploads = new Uploads({
      log,
      send: (body) => this.ask((token) => server.upload(token, body)),
      onScreen: hears.onScreen,
      onChange: hears.onChange,
      festivalTime: hears.festivalTime,
      later: machine.later,
    });
  }

  get up(): boolean {
    return this.line?.up ?? false;
  }

  open(identity: PairedDevice): void {
    this.identity = identity;
    this.line = new Line({
      server: this.server,
      deviceId: identity.deviceId,
      sign: (text) => this.machine.sign(text),
      onClock: this.hears.onClock,
      onDuty: this.hears.onDuty,
      onDutyRefused: this.hears.onDutyRefused,
      onChange: (up) => {
        this.hears.onChange();
        if (up) void this.uploads.now();
        else this.machine.later(() => this.line && void this.beat(), PROBE_MS);
      },
      onEnded: (by) => void this.end(by),
    });
    this.go();
  }

  cut(): void {
    this.line?.cut();
  }

  /** The house's verdict; undefined where the device must decide by itself. Rejects with a no of the house. */
  async scan(body: ScanCode): Promise<ScanVerdict | undefined> {
    const line = this.line;
    // What this device let in and has not yet told, the house can't know: until then it decides by its own log.
    if (!line?.up || this.log.waitingCount > 0) return undefined;
    const patience = this.identity?.offlineAfterMs ?? OFFLINE_AFTER_MS;
    try {
      return await this.inTime(
        line.ask((token) => this.server.scan(token, body, patience)),
        patience,
      );
    } catch (error) {
      if (!(error instanceof HouseSilent)) throw error;
      line.cut();
      return undefined;
    }
  }

  /** Whether the house has taken the scan back. */
  async undo(scanId: string): Promise<boolean> {
    try {
      await this.ask((token) => this.server.undo(token, scanId));
      return true;
    } catch {
      return false;
    }
  }

  /** The holder's face by a link of a minute; it is shown and kept nowhere. */
  async face(scanId: string): Promise<HolderFace | undefined> {
    try {
      const { url } = await this.ask((token) => this.server.photo(token, scanId));
      return url === null ? undefined : await this.ask((token) => this.server.face(token, url));
    } catch {
      return undefined;
    }
  }

  /** Another is on duty: the next question opens a session that says so. */
  renew(): void {
    this.line?.renew();
  }

  /** What the device may know of itself, now. */
  async renewDevice(): Promise<void> {
    try {
      this.identity = await this.ask((token) => this.server.device(token));
      this.hears.onDevice(this.identity);
    } catch {
      // The next beat asks again.
    }
  }

  holders(body: AskHolders): Promise<HoldersAtGate> {
    return this.ask((token) => this.server.holders(token, body));
  }

  handIn(): Promise<void> {
    return this.up ? this.uploads.kick() : Promise.resolve();
  }

  /** What this device has let in and out since the house last told its count. */
  countedSince(screeningId: string | undefined): { admitted: number; inside: number } {
    return this.log.movedSince(screeningId ?? '', this.screeningsAt);
  }

  /** Asks after everything that may have changed; one at a time. */
  beat(): Promise<void> {
    this.beating ??= this.once()
      .catch(() => undefined)
      .finally(() => {
        this.beating = undefined;
        this.hears.onChange();
      });
    return this.beating;
  }

  /** How the device came to its end in an earlier life of this page; what was left is handed in now. */
  async wasEnded(): Promise<EndedBy | undefined> {
    const ended = await this.machine.drawer.read<{ by: EndedBy; deviceId: string }>(ENDED);
    if (ended) void this.handInLast(ended.deviceId);
    return ended?.by;
  }

  private ask<T>(work: (token: string) => Promise<T>): Promise<T> {
    return this.line ? this.line.ask(work) : Promise.reject(new HouseSilent('not paired'));
  }

  private go(): void {
    void this.beat().then(() => {
      if (this.line) this.machine.later(() => this.line && this.go(), this.up ? BEAT_MS : PROBE_MS);
    });
  }

  private async once(): Promise<void> {
    if (this.identity && this.machine.now() + this.hears.offsetMs() > Date.parse(this.identity.until))
      return this.end('shift-over');
    this.hears.onTrouble(nearlyFull(await this.machine.room()) ? 'nearly-full' : undefined);
    await this.uploads.now();
    const began = this.machine.now();
    const fresh = await this.ask((token) => this.server.screenings(token));
    this.hears.onClock({
      offsetMs: offsetFrom(new Date(fresh.serverTime), began, this.machine.now()),
      festivalOffsetMs: fresh.festivalOffsetMs,
    });
    await this.holdings.renewScreenings(fresh);
    this.screeningsAt = began;
    const chosen = this.hears.chosen() ?? fresh.screenings[0]?.id;
    const all = this.beats % ALL_LISTS_EVERY === 0;
    for (const { id } of fresh.screenings)
      if (all || id === chosen)
        await this.holdings.renewList(id, (since) => this.ask((token) => this.server.list(token, id, since)));
    if (all) await this.renewDevice();
    await this.ask((token) =>
      this.server.report(token, {
        ...(chosen && { screeningId: chosen }),
        ...(chosen && this.holdings.list(chosen) && { listAt: this.holdings.list(chosen)!.raw.at }),
        waiting: this.log.waitingCount,
        appVersion: this.machine.version,
        at: new Date(this.machine.now()).toISOString(),
      }),
    );
    this.beats += 1;
  }

  private inTime<T>(work: Promise<T>, ms: number): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(resolve, reject);
      this.machine.later(() => reject(new HouseSilent(`silent for ${ms} ms`)), ms);
    });
  }

  /** Lists, identity and PINs go at once; what was scanned is handed in apart, then the keys go too. */
  private async end(by: EndedBy): Promise<void> {
    const deviceId = this.identity?.deviceId;
    if (!deviceId) return;
    this.identity = undefined;
    this.line = undefined;
    this.holdings.forget();
    await this.machine.emptyDrawer();
    await this.machine.drawer.write(ENDED, { by, deviceId });
    this.hears.onEnded(by);
    await this.handInLast(deviceId);
  }

  private async handInLast(deviceId: string): Promise<void> {
    const waiting = this.log.waiting();
    try {
      if (waiting.length > 0) {
        const scans = waiting.slice(0, MOST).map(({ scan }) => scan);
        const body = JSON.stringify({ scans, waiting: waiting.length });
        await this.server.quarantine({ deviceId, body, signature: await this.machine.sign(body) });
        await this.log.handedIn(waiting.slice(0, MOST), this.hears.festivalTime());
        if (this.log.waitingCount > 0) return await this.handInLast(deviceId);
      }
      await this.machine.wipe();
      this.log.forget();
      this.hears.onHandedIn();
    } catch {
      this.failures += 1;
      this.machine.later(() => void this.handInLast(deviceId), pauseAfter(this.failures, Math.random()));
    }
  }
}
