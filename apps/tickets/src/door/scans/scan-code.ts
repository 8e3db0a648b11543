import { Injectable } from '@nestjs/common';
import {
  type DoorFacts,
  type HolderFacts,
  judge,
  type ReadCode,
  readAdmissionCode,
  VERDICTS,
  type Verdict,
} from '#libs/admission-code';
import type { EventData, LostBadgeShown, ScanCode as ScanCodeBody, ScanVerdict } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { allocationCandidates } from '../../inventory/allocations/allocation.rules.js';
import { EntryModes } from '../../inventory/allocations/entry-modes.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';
import { Devices } from '../devices/devices.js';

interface SerialFacts {
  earlier: ScanVerdict | null;
  ticket: {
    state: 'live' | 'suspended' | 'ended';
    endedAs: string | null;
    screening: string;
    row: string;
    seat: string;
  } | null;
  badge: {
    id: string;
    state: HolderFacts['state'];
    classes: string[];
    windows: { from: string; until: string }[] | null;
    booking: { id: string; row: string; seat: string } | null;
    released: boolean;
  } | null;
  entry: { at: string; gate: string } | null;
}

/** An online scan: a verdict and its record, or, for a scan that was sent before, the verdict it got then. */
@Injectable()
export class ScanCode {
  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly codes: AdmissionCodes,
    private readonly modes: EntryModes,
  ) {}

  async execute(caller: Caller, body: ScanCodeBody): Promise<ScanVerdict> {
    const device = await this.devices.byId(caller.id);
    const screening = await this.programme.screening(body.screeningId);
    if (!screening || screening.data.editionId !== device.edition)
      throw screeningUnknown({ screening: body.screeningId });
    const read = await this.read(body.code);
    const shown = read.outcome === 'ok' ? read.code.serial : null;
    const { serial, facts } = await this.known(body.scanId, shown, body.screeningId);
    if (facts.earlier) return facts.earlier;
    const at = await this.festival.now(device.edition);
    const door: DoorFacts = {
      screeningId: body.screeningId,
      editionId: device.edition,
      doorsOpenAt: new Date(screening.data.doorsOpenAt),
      lateEntryUntil: new Date(screening.data.lateEntryUntil),
    };
    const alone = await this.entersAlone(facts, device.edition, body.screeningId);
    const holder = holderOf(read, facts);
    const judged = judge(read, alone ? { ...holder, booked: true } : holder, door, at);
    const verdict =
      alone && judged === 'ok' ? await this.onBadgeAlone(serial!, screening.data, facts.badge!.classes, at) : judged;
    // Of two gates that take a group's next person at once, one takes the person after.
    const again = serial === shown ? undefined : () => this.execute(caller, body);
    return this.store(body, device, serial, verdict, facts, at, again);
  }

  /** A code that is no ticket's own may be a group's: then the next of the group enters with it. */
  private async known(
    scan: string,
    shown: string | null,
    screening: string,
  ): Promise<{ serial: string | null; facts: SerialFacts }> {
    const facts = await this.facts(scan, shown ?? '', screening);
    if (!shown || facts.ticket || facts.badge || facts.earlier) return { serial: shown, facts };
    const next = await this.nextOfGroup(shown, screening);
    return next ? this.stillNext(scan, shown, next, screening) : { serial: shown, facts };
  }

  /** Another gate may take the same person's place between the two looks: then it is the turn of the one after. */
  private async stillNext(
    scan: string,
    group: string,
    serial: string,
    screening: string,
  ): Promise<{ serial: string; facts: SerialFacts }> {
    const facts = await this.facts(scan, serial, screening);
    if (!facts.entry) return { serial, facts };
    const next = await this.nextOfGroup(group, screening);
    return !next || next === serial ? { serial, facts } : this.stillNext(scan, group, next, screening);
  }

  private async nextOfGroup(group: string, screening: string): Promise<string | null> {
    const [row] = await this.database.hot<{ serial: string | null }>(
      'next-of-group',
      'SELECT next_of_group($1, $2) AS serial',
      [group, screening],
    );
    return row?.serial ?? null;
  }

  private async read(code: string): Promise<ReadCode> {
    const read = await readAdmissionCode(code, await this.codes.keys());
    if (read.outcome !== 'unknown_key') return read;
    return readAdmissionCode(code, await this.codes.keys(read.keyId));
  }

  /** A badge without a booking whose class needs none at this screening. */
  private async entersAlone(facts: SerialFacts, edition: string, screening: string): Promise<boolean> {
    if (!facts.badge || facts.badge.booking) return false;
    return (await this.modes.of(edition, screening, facts.badge.classes)) === 'badge-alone';
  }

  /** Takes a place of the class's share, once per badge and screening. */
  private async onBadgeAlone(serial: string, data: ScreeningData, classes: string[], at: Date): Promise<Verdict> {
    const candidates = allocationCandidates(data, classes, at);
    if (!candidates) return 'function_not_allowed';
    const [row] = await this.database.hot<{ entered: boolean }>(
      'enter-on-badge',
      'SELECT enter_on_badge($1, $2, $3) AS entered',
      [data.screeningId, serial, candidates],
    );
    return row!.entered ? 'ok' : 'quota_exhausted';
  }

  private async facts(scan: string, serial: string, screening: string): Promise<SerialFacts> {
    const [row] = await this.database.hot<{ facts: SerialFacts }>(
      'scan-facts',
      'SELECT scan_facts($1, $2, $3) AS facts',
      [scan, serial, screening],
    );
    return row!.facts;
  }

  private async store(
    body: ScanCodeBody,
    device: { id: string; gate: string; edition: string },
    serial: string | null,
    verdict: Verdict,
    facts: SerialFacts,
    at: Date,
    again?: () => Promise<ScanVerdict>,
  ): Promise<ScanVerdict> {
    const answer = answerOf(body.scanId, verdict, facts);
    const [row] = await this.database.hot<{
      stored: { outcome: 'stored' | 'repeated' | 'lost'; answer?: ScanVerdict; entry?: SerialFacts['entry'] };
    }>('store-scan', 'SELECT store_scan($1) AS stored', [
      {
        id: body.scanId,
        device: device.id,
        screening: body.screeningId,
        gate: device.gate,
        serial,
        verdict,
        deviceAt: body.at,
        festivalAt: at.toISOString(),
        answer,
        ...(facts.badge?.booking && { booking: facts.badge.booking.id }),
        ...(verdict === 'reported_lost' &&
          facts.badge && { lost: lostShown(body, device, facts.badge.id, verdict, at) }),
      },
    ]);
    const stored = row!.stored;
    if (stored.outcome === 'repeated') return stored.answer!;
    if (stored.outcome === 'stored') return answer;
    if (again) return again();
    // Another gate was faster by a moment: its entry stands, and this scan is the second one.
    return this.store(body, device, serial, 'already_used', { ...facts, entry: stored.entry ?? facts.entry }, at);
  }
}

function holderOf(read: ReadCode, facts: SerialFacts): HolderFacts {
  const entered = facts.entry !== null;
  if (read.outcome === 'ok' && read.code.kind === 'badge')
    return {
      state: facts.badge?.state ?? 'unlisted',
      booked: facts.badge?.booking != null,
      released: facts.badge?.released ?? false,
      allowed: true,
      entered,
      ...(facts.badge?.windows && {
        windows: facts.badge.windows.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
      }),
    };
  const released = facts.ticket?.endedAs === 'released';
  return { state: released ? 'released' : (facts.ticket?.state ?? 'unlisted'), booked: true, allowed: true, entered };
}

function answerOf(scanId: string, verdict: Verdict, facts: SerialFacts): ScanVerdict {
  const row = VERDICTS[verdict];
  const place = facts.ticket ?? facts.badge?.booking;
  return {
    scanId,
    verdict,
    admitted: row.admitted,
    colour: row.colour,
    text: row.text,
    ...(place && row.admitted === 'yes' && { row: place.row, seat: place.seat }),
    ...(verdict === 'already_used' && facts.entry && { earlier: facts.entry }),
  };
}

/** Data of `tickets.badge.lost-shown.v1`: the officers hear of it, whoever stands at the gate. */
function lostShown(
  body: ScanCodeBody,
  device: { gate: string; edition: string },
  badgeId: string,
  verdict: Verdict,
  at: Date,
): EventData<typeof LostBadgeShown> {
  return {
    badgeId,
    editionId: device.edition,
    screeningId: body.screeningId,
    gate: device.gate,
    scanId: body.scanId,
    at: at.toISOString(),
    verdict,
  };
}
