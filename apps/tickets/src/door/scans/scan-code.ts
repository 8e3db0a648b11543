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
import type { ScanCode as ScanCodeBody, ScanVerdict } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';
import { Devices } from '../devices/devices.js';

interface SerialFacts {
  earlier: ScanVerdict | null;
  ticket: { state: 'live' | 'ended'; screening: string; row: string; seat: string } | null;
  badge: {
    state: HolderFacts['state'];
    classes: string[];
    booking: { id: string; row: string; seat: string } | null;
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
  ) {}

  async execute(caller: Caller, body: ScanCodeBody): Promise<ScanVerdict> {
    const device = await this.devices.byId(caller.id);
    const screening = await this.programme.screening(body.screeningId);
    if (!screening || screening.data.editionId !== device.edition)
      throw screeningUnknown({ screening: body.screeningId });
    const read = await this.read(body.code);
    const serial = read.outcome === 'ok' ? read.code.serial : null;
    const facts = await this.facts(body.scanId, serial ?? '', body.screeningId);
    if (facts.earlier) return facts.earlier;
    const at = await this.festival.now(device.edition);
    const door: DoorFacts = {
      screeningId: body.screeningId,
      editionId: device.edition,
      doorsOpenAt: new Date(screening.data.doorsOpenAt),
      lateEntryUntil: new Date(screening.data.lateEntryUntil),
    };
    const verdict = judge(read, holderOf(read, facts), door, at);
    return this.store(body, device, serial, verdict, facts, at);
  }

  private async read(code: string): Promise<ReadCode> {
    const read = await readAdmissionCode(code, await this.codes.keys());
    if (read.outcome !== 'unknown_key') return read;
    return readAdmissionCode(code, await this.codes.keys(read.keyId));
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
    device: { id: string; gate: string },
    serial: string | null,
    verdict: Verdict,
    facts: SerialFacts,
    at: Date,
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
      },
    ]);
    const stored = row!.stored;
    if (stored.outcome === 'repeated') return stored.answer!;
    if (stored.outcome === 'stored') return answer;
    // Another gate was faster by a moment: its entry stands, and this scan is the second one.
    return this.store(body, device, serial, 'already_used', { ...facts, entry: stored.entry ?? facts.entry }, at);
  }
}

function holderOf(read: ReadCode, facts: SerialFacts): HolderFacts {
  const entered = facts.entry !== null;
  if (read.outcome === 'ok' && read.code.kind === 'badge')
    return { state: facts.badge?.state ?? 'unlisted', booked: facts.badge?.booking != null, allowed: true, entered };
  return { state: facts.ticket?.state ?? 'unlisted', booked: true, allowed: true, entered };
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
