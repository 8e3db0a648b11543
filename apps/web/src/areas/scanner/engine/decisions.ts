import type { PairedDevice, ScanAnswers, ScanCode } from '#libs/contracts';
import { type ClockOffset, festivalNow } from './clock.rules';
import type { Holdings } from './holdings';
import type { House } from './house';
import type { LogBook } from './log-book';
import { type LoggedScan, type OwnVerdict, ownVerdict, shownAnswer, shownOwn } from './own-verdict';
import type { Machine } from './ports';
import type { ShownVerdict } from './shown';
import type { ScannerState } from './state';

/** What the scanner knows when a code is read. */
export interface Knowledge {
  identity: PairedDevice | undefined;
  clock: ClockOffset;
  screening: ScannerState['screening'];
  listAt: number | null;
}

/** Judges one scan after another: the house where it answers, the device by its list and its log where it doesn't. */
export class Decisions {
  constructor(
    private readonly machine: Pick<Machine, 'now' | 'monotonic'>,
    private readonly house: Pick<House, 'scan'>,
    private readonly holdings: Holdings,
    private readonly log: LogBook,
    private readonly knows: () => Knowledge,
  ) {}

  /** On the disk before it is on the screen; `photo` says that a face may be looked at. Rejects with a no of the house. */
  async on(body: ScanCode): Promise<{ shown: ShownVerdict; photo: boolean }> {
    const answer = await this.house.scan(body);
    const own = answer?.admitted === 'no' ? undefined : await this.own(body);
    const since = this.machine.monotonic();
    const shown = answer ? shownAnswer(answer, body, since) : shownOwn(own!, body, since);
    const people =
      shown.admitted !== 'yes' ? [] : own!.judgement.people.length > 0 ? own!.judgement.people : [own!.key];
    if (shown.admitted === 'yes' || (shown.offline && shown.admitted === 'no'))
      await this.log.write(this.entry(body, shown, people, own), !shown.offline);
    return {
      shown: { ...shown, since: this.machine.monotonic() },
      photo: answer?.photo === true && shown.admitted === 'ask',
    };
  }

  private own(body: ScanCode): Promise<OwnVerdict> {
    const { identity, clock, screening, listAt } = this.knows();
    const now = this.machine.now();
    return ownVerdict(
      {
        editionId: identity?.editionId ?? '',
        gate: identity?.gate ?? '',
        screening: this.holdings.screenings.find(({ id }) => id === body.screeningId) ?? screening!,
        elsewhere: this.holdings.elsewhere,
        list: this.holdings.list(body.screeningId),
        log: this.log.all,
        at: festivalNow(now, clock),
        listAgeMs: listAt === null ? Number.POSITIVE_INFINITY : now - listAt,
        staleAfterMs: identity?.listStaleAfterMs ?? 0,
      },
      body,
    );
  }

  private entry(body: ScanCode, shown: ShownVerdict, people: string[], own: OwnVerdict | undefined): LoggedScan {
    const { identity, clock } = this.knows();
    const list = this.holdings.list(body.screeningId)?.raw;
    const festivalAt = festivalNow(Date.parse(body.at), clock).toISOString();
    const { override, ...answers } = body.answers ?? {};
    return {
      scan: {
        ...body,
        // The house manager's digits are nobody's business once they were checked.
        ...(body.answers && {
          answers: { ...answers, ...(override && { override: withoutDigits(override) }) },
        }),
        verdict: shown.verdict,
        admitted: shown.admitted === 'yes',
        festivalAt,
        ...(list && { listVersion: list.version, listAt: list.at }),
      },
      people,
      gate: identity?.gate ?? '',
      alone: own?.judgement.alone ?? false,
      ...(!shown.offline && { storedAt: festivalAt }),
    };
  }
}

function withoutDigits({ pin: _, ...override }: NonNullable<ScanAnswers['override']>): typeof override {
  return override;
}
