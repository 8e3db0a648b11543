import type { HoldersAtGate, PairedDevice, ScanAnswers, ScanCode } from '#libs/contracts';
import { newId, normaliseCode } from '#libs/kernel';
import { HouseSaysNo, HouseSilent } from './answers';
import { type ClockOffset, festivalNow } from './clock.rules';
import { Decisions } from './decisions';
import { DuplicateGuard } from './duplicate-guard.rules';
import { Duty } from './duty';
import { Holdings } from './holdings';
import { House } from './house';
import { LogBook } from './log-book';
import type { LoggedScan } from './own-verdict';
import type { PinAnswer } from './pin.rules';
import type { Machine } from './ports';
import { practiceAnswered, practiceVerdict } from './practice';
import type { DoorServer } from './server';
import type { ShownVerdict } from './shown';
import { AT_START, type ScannerState } from './state';
import { goesAt, yields } from './verdict-life.rules';

const UNDO_MS = 10_000;
/** A decision that takes longer is said to be on its way; a quick one costs no picture of its own. */
const SAID_AFTER_MS = 150;
/** What the house says when it does not know who is on duty. */
const OPERATOR_NEEDED = 'door-operator-needed';
const NO_CLOCK: ClockOffset = { offsetMs: 0, festivalOffsetMs: 0 };

/** The scanner without its screens: what is read goes in, what is shown comes out. */
export class Scanner {
  private state = AT_START;
  private readonly listeners = new Set<() => void>();
  private readonly guard = new DuplicateGuard();
  private readonly holdings: Holdings;
  private readonly log: LogBook;
  private readonly house: House;
  private readonly decisions: Decisions;
  readonly duty: Duty;
  private identity: PairedDevice | undefined;
  private clock = NO_CLOCK;
  private paused = false;
  private deciding = false;
  /** The scan on the screen, as it was asked; its code lives in memory and in the sealed log alone. */
  private last: ScanCode | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly server: DoorServer,
  ) {
    this.holdings = new Holdings(machine.drawer);
    this.duty = new Duty({
      now: machine.now,
      pins: () => this.state.pins,
      set: (change) => this.set(change),
      onChange: () => this.house.renew(),
    });
    this.log = new LogBook(machine.log());
    this.house = new House(machine, server, this.holdings, this.log, {
      onClock: (clock) => {
        this.clock = clock;
        void this.machine.drawer.write('clock', clock).catch(() => undefined);
      },
      onDevice: (device) => this.know(device),
      onDuty: (challenge) => this.duty.proof(challenge),
      onDutyRefused: () => this.duty.handOver(),
      onChange: () => this.refresh(),
      onEnded: (endedBy) => {
        this.identity = undefined;
        this.last = undefined;
        this.set({ ...AT_START, phase: 'ended', endedBy, waiting: this.log.waitingCount });
      },
      onHandedIn: () => this.set({ ...AT_START, phase: 'ended', endedBy: this.state.endedBy }),
      onTrouble: (trouble) => this.set({ trouble }),
      chosen: () => this.state.screening?.id,
      onScreen: () => (this.state.undoable ? this.last?.scanId : this.state.shown && this.last?.scanId),
      offsetMs: () => this.clock.offsetMs,
      festivalTime: () => festivalNow(this.machine.now(), this.clock),
    });
    this.decisions = new Decisions(machine, this.house, this.holdings, this.log, () => ({
      identity: this.identity,
      clock: this.clock,
      screening: this.state.screening,
      listAt: this.state.listAt,
    }));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): ScannerState => this.state;

  async start(): Promise<void> {
    const { drawer, now } = this.machine;
    this.clock = (await drawer.read<ClockOffset>('clock')) ?? NO_CLOCK;
    await this.log.open(now());
    const ended = await this.house.wasEnded();
    if (ended) return this.set({ phase: 'ended', endedBy: ended, waiting: this.log.waitingCount });
    const identity = await drawer.read<PairedDevice>('identity');
    if (!identity) return this.set({ phase: 'unpaired' });
    await this.holdings.open();
    await this.enter(identity);
  }

  /** Pairs by a code that was read or typed; rejects with what the house said. */
  async pair(typed: string): Promise<void> {
    const pairingCode = normaliseCode(typed);
    const [publicKey, proof] = await Promise.all([this.machine.publicKey(), this.machine.sign(pairingCode)]);
    const identity = await this.server.pair({ pairingCode, publicKey, proof });
    await this.machine.drawer.write('identity', identity);
    await this.enter(identity);
  }

  /** An ended device may be paired anew, once its last scans are with the house. */
  pairAgain(): void {
    if (this.state.phase === 'ended' && this.state.waiting === 0) this.set({ ...AT_START, phase: 'unpaired' });
  }

  choose(screeningId: string): void {
    this.set({ screening: this.holdings.screenings.find(({ id }) => id === screeningId) });
    void this.machine.drawer.write('choice', screeningId).catch(() => undefined);
    this.refresh();
    void this.house.beat();
  }

  turn(direction: 'in' | 'out'): void {
    this.set({ direction });
  }

  practise(practice: boolean): void {
    this.last = undefined;
    this.set({ practice, shown: undefined, undoable: undefined });
  }

  /** While a sheet is open nothing is scanned behind it. */
  pause(paused: boolean): void {
    this.paused = paused;
  }

  networkGone(): void {
    this.house.cut();
  }

  networkBack(): void {
    void this.house.beat();
  }

  /** What the camera reads; tells whether it is a scan. */
  sight(code: string): boolean {
    const now = this.machine.monotonic();
    const { shown } = this.state;
    if (this.paused || this.deciding || (shown && !yields(shown, now))) {
      this.guard.stays(code, now);
      return false;
    }
    const isScan = this.guard.sees(code, now);
    if (isScan) void this.scan(code);
    return isScan;
  }

  /** A code that was typed, by hand or by a handheld scanner. */
  async scan(code: string, admit?: number): Promise<void> {
    const { shown, screening, direction, practice } = this.state;
    const since = this.machine.monotonic();
    if (this.deciding || (shown && !yields(shown, since) && admit === undefined)) return;
    const at = new Date(this.machine.now());
    if (practice) {
      const gate = this.identity?.gate ?? '1';
      this.show(practiceVerdict(code, { scanId: newId(), direction, since, now: at, gate }));
      return;
    }
    if (!screening || this.state.phase !== 'open') return;
    const body: ScanCode = {
      scanId: newId(at.getTime()),
      screeningId: screening.id,
      code: code.trim(),
      at: at.toISOString(),
      clockOffsetMs: this.clock.offsetMs,
      direction,
      seq: this.log.nextSeq(),
      ...(this.duty.operatorId && { operator: this.duty.operatorId }),
      ...(admit !== undefined && { admit }),
    };
    await this.decide(body);
  }

  /** More of a group come in with the code that has just been read. */
  async admitMore(people: number): Promise<void> {
    if (this.last) await this.scan(this.last.code, people);
  }

  /** What staff say to a question. */
  async answer(yes: boolean): Promise<void> {
    const { shown } = this.state;
    if (!shown) return;
    if (shown.practice) return this.show(practiceAnswered(shown, yes, this.machine.monotonic()));
    const answers: ScanAnswers =
      shown.verdict === 'photo_check_required'
        ? { photo: yes ? 'matches' : 'differs' }
        : { proof: yes ? 'shown' : 'missing' };
    if (this.last) await this.decide({ ...this.last, answers: { ...this.last.answers, ...answers } });
  }

  /** A house manager's word against the verdict. */
  async override(digits: string, reason: string): Promise<PinAnswer> {
    if (!this.last) return 'wrong';
    const [answer, override] = await this.duty.override(digits, reason, this.last.scanId);
    if (!override) return answer;
    await this.decide({ ...this.last, answers: { ...this.last.answers, override } });
    return answer;
  }

  /** Who has a place here by this name; told by the house alone. Rejects with its no, or its silence. */
  find(name: string): Promise<HoldersAtGate> {
    return this.house.holders({ screeningId: this.state.screening?.id ?? '', name });
  }

  next(): void {
    this.set({ shown: undefined });
    void this.house.handIn();
  }

  /** Takes the last scan back, within ten seconds. */
  async undo(): Promise<void> {
    const { undoable } = this.state;
    const entry = undoable && this.log.find(undoable.scanId);
    if (!entry || this.machine.monotonic() > undoable.until) return;
    this.set({ undoable: undefined, shown: undefined });
    const taken: LoggedScan = { ...entry, scan: { ...entry.scan, undone: true } };
    await this.keep(taken, entry.storedAt !== undefined && (await this.house.undo(entry.scan.scanId)));
    void this.house.handIn();
  }

  private async enter(identity: PairedDevice): Promise<void> {
    this.know(identity);
    const choice = await this.machine.drawer.read<string>('choice');
    this.house.open(identity);
    this.set({ phase: this.duty.begins });
    this.refresh(choice);
  }

  private know(identity: PairedDevice): void {
    this.identity = identity;
    const { name, gate, until, pins } = identity;
    this.set({ device: { name, gate, until }, pins });
    void this.machine.drawer.write('identity', identity).catch(() => undefined);
  }

  /** One scan from its code to the screen; whatever goes wrong is said there. */
  private async decide(body: ScanCode): Promise<void> {
    this.last = body;
    this.deciding = true;
    if (this.state.refused !== undefined) this.set({ refused: undefined });
    this.machine.later(() => {
      if (this.deciding && this.last === body) this.set({ asking: true });
    }, SAID_AFTER_MS);
    try {
      const { shown, photo } = await this.decisions.on(body);
      this.show(shown);
      if (photo) void this.showPhoto(body.scanId);
    } catch (error) {
      this.set({ refused: error instanceof HouseSaysNo ? error.title : undefined });
      if (error instanceof HouseSaysNo && error.code === OPERATOR_NEEDED) {
        // PINs were set while this gate worked without: it learns them and asks for one.
        this.duty.handOver('pin');
        void this.house.renewDevice();
      }
      if (!(error instanceof HouseSaysNo || error instanceof HouseSilent)) this.set({ trouble: 'not-written' });
    } finally {
      this.deciding = false;
      if (this.state.asking) this.set({ asking: false });
    }
  }

  private async keep(entry: LoggedScan, sent: boolean): Promise<void> {
    await this.log.write(entry, sent);
    this.set({ ...this.counts(), trouble: this.troubleLeft() });
  }

  private show(shown: ShownVerdict): void {
    const now = this.machine.monotonic();
    this.guard.judged(now);
    const undoable =
      shown.admitted === 'yes' && !shown.practice ? { scanId: shown.scanId, until: now + UNDO_MS } : undefined;
    this.set({
      ...this.counts(),
      trouble: this.troubleLeft(),
      shown,
      undoable,
      ...(undoable && { lastOkAt: festivalNow(this.machine.now(), this.clock).getTime() }),
    });
    const goes = goesAt(shown);
    if (goes !== undefined)
      this.machine.later(() => {
        if (this.state.shown === shown) this.set({ shown: undefined });
      }, goes - now);
    if (undoable)
      this.machine.later(() => {
        if (this.state.undoable === undoable) this.set({ undoable: undefined });
        void this.house.handIn();
      }, UNDO_MS);
  }

  private async showPhoto(scanId: string): Promise<void> {
    const face = await this.house.face(scanId);
    const { shown } = this.state;
    if (!face || shown?.scanId !== scanId || shown.admitted !== 'ask') return;
    const url = face.photo === null ? null : `data:image/jpeg;base64,${face.photo}`;
    this.set({ shown: { ...shown, photo: { url, name: face.name } } });
  }

  /** What the screens show of lists, counts and the line, as it is now. */
  private refresh(choice = this.state.screening?.id): void {
    const { screenings } = this.holdings;
    const screening = screenings.find(({ id }) => id === choice) ?? screenings[0];
    const list = this.holdings.list(screening?.id);
    this.set({
      screenings,
      screening,
      online: this.house.up,
      listAt: list ? Date.parse(list.raw.at) - this.clock.offsetMs : null,
      ...this.counts(screening),
    });
  }

  private counts(screening = this.state.screening): Pick<ScannerState, 'waiting' | 'admitted' | 'inside'> {
    const own = this.house.countedSince(screening?.id);
    return {
      waiting: this.log.waitingCount,
      admitted: (screening?.admitted ?? 0) + own.admitted,
      inside: Math.max(0, (screening?.capacity.inside ?? 0) + own.inside),
    };
  }

  /** A write that worked ends the trouble of one that did not. */
  private troubleLeft(): ScannerState['trouble'] {
    return this.state.trouble === 'not-written' ? undefined : this.state.trouble;
  }

  private set(change: Partial<ScannerState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
