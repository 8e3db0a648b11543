import { Injectable } from '@nestjs/common';
import { type Member, peopleOf, VERDICTS, type Verdict } from '#libs/admission-code';
import type { UploadedScan, UploadedScans, UploadScans } from '#libs/contracts';
import { after } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { deviceProofWrong } from '../devices/device.refusals.js';
import { signedBy } from '../devices/device-proof.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';
import { Pins } from '../devices/pins.js';
import { AloneShares } from '../scans/alone-shares.js';
import { DoorPlaces } from '../scans/door-places.js';
import { Doors } from '../scans/doors.js';
import { ticketHolder } from '../scans/holder.rules.js';
import { ReadCodes } from '../scans/read-codes.js';
import { ScanStore, type SerialFacts } from '../scans/scan-store.js';
import { Conflicts } from './conflicts.js';

type Outcome = UploadedScans['scans'][number];

/** What gates decided by themselves: facts, whatever stands here. Sent again they change nothing. */
@Injectable()
export class TakeUploads {
  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly pins: Pins,
    private readonly places: DoorPlaces,
    private readonly festival: FestivalClock,
    private readonly doors: Doors,
    private readonly codes: ReadCodes,
    private readonly scans: ScanStore,
    private readonly shares: AloneShares,
    private readonly conflicts: Conflicts,
  ) {}

  async execute(caller: Caller, body: UploadScans): Promise<UploadedScans> {
    const device = await this.devices.byId(caller.id);
    const outcomes: Outcome[] = [];
    for (const scan of body.scans) outcomes.push({ scanId: scan.scanId, outcome: await this.take(device, scan) });
    await this.database.query('UPDATE device SET waiting = $2, seen_at = clock_timestamp() WHERE id = $1', [
      device.id,
      body.waiting ?? 0,
    ]);
    return this.answered(outcomes, body.scans);
  }

  /** Of a device that is revoked or whose shift is over, signed by its key. @throws device-unknown, device-proof-wrong */
  async quarantine(
    deviceId: string,
    signed: string,
    signature: string,
    { scans }: UploadScans,
  ): Promise<UploadedScans> {
    const device = await this.devices.whole(deviceId);
    if (!device.publicKey || !signedBy(device.publicKey, signed, signature)) throw deviceProofWrong();
    if (device.state === 'paired') {
      // Its shift is over, but nobody took its word away: what it saw before counts.
      return this.execute({ kind: 'device', id: device.id, roles: [] }, { scans, waiting: 0 });
    }
    await this.setApart(device.id, scans);
    return {
      scans: scans.map(({ scanId }) => ({ scanId, outcome: 'quarantined' })),
      serverTime: new Date().toISOString(),
    };
  }

  private async take(device: PairedDeviceRow, scan: UploadedScan): Promise<'stored' | 'repeated' | 'quarantined'> {
    const screening = await this.places.of(scan.screeningId);
    if (screening?.data.editionId !== device.edition) {
      await this.setApart(device.id, [scan]);
      return 'quarantined';
    }
    const read = await this.codes.read(scan.code);
    const shown = read.outcome === 'ok' ? read.code.serial : null;
    const at = await this.corrected(device, scan);
    const facts = await this.scans.facts(
      scan.scanId,
      shown ?? '',
      scan.screeningId,
      this.doors.dayFrom(screening.data, at),
    );
    const direction = scan.direction ?? 'in';
    const goes = scan.admitted;
    const people = goes ? await this.people(screening, facts, shown, direction, scan.admit ?? 1) : undefined;
    const group = facts.group.length > 0 ? shown : facts.groupOf;
    const override = scan.answers?.override;
    const overrideProven = override && goes && (await this.pins.provedOverride(device.edition, scan.scanId, override));
    const offset = scan.clockOffsetMs ?? device.clockOffsetMs;
    const { outcome } = await this.scans.store({
      id: scan.scanId,
      device: device.id,
      screening: scan.screeningId,
      gate: device.gate,
      serial: people?.[0] ?? shown,
      ...(group && { group }),
      ...(people && { people }),
      verdict: scan.verdict,
      letIn: goes,
      direction,
      deviceAt: scan.at,
      festivalAt: at.toISOString(),
      answer: { scanId: scan.scanId, verdict: scan.verdict, ...shownBy(scan) },
      ...(facts.badge?.booking && { booking: facts.badge.booking.id }),
      late: true,
      ...(facts.earlier && facts.earlier.admitted !== 'yes' && scan.answers && { answered: true as const }),
      ...(scan.undone && { undone: true as const }),
      ...(offset !== null && { clockOffsetMs: offset }),
      ...(scan.seq !== undefined && { seq: scan.seq }),
      ...(scan.operator && { operator: scan.operator }),
      ...(override && goes && { overrideBy: override.by, overrideReason: override.reason, overrideProven }),
      ...(scan.listAt && { listAt: scan.listAt }),
    });
    if (outcome === 'repeated' && scan.undone) await this.database.query('SELECT undo_scan($1)', [scan.scanId]);
    else if (goes && direction === 'in') await this.takeShare(screening, facts, shown, at);
    return outcome === 'repeated' ? 'repeated' : 'stored';
  }

  /** Who entered by function took a place of the share, though nobody counted it then; there may have been none left. */
  private async takeShare(
    { data }: ScreeningFacts,
    { badge }: SerialFacts,
    serial: string | null,
    at: Date,
  ): Promise<void> {
    if (!badge || badge.booking || !serial) return;
    if (await this.shares.of(data, badge.classes, at)) await this.shares.take(data, serial, badge.classes, at);
  }

  /** Kept without the code: of a serial that could be read, its end alone. */
  private async setApart(device: string, scans: readonly UploadedScan[]): Promise<void> {
    const kept = await Promise.all(
      scans.map(async ({ code, ...scan }) => {
        const read = await this.codes.read(code);
        return { ...scan, ...(read.outcome === 'ok' && { last4: read.code.serial.slice(-4) }) };
      }),
    );
    await this.database.query(
      `INSERT INTO quarantined_scan (id, device_id, screening_id, body)
       SELECT (x->>'scanId')::uuid, $1, x->>'screeningId', x FROM jsonb_array_elements($2::jsonb) AS x ON CONFLICT DO NOTHING`,
      [device, JSON.stringify(kept)],
    );
  }

  /** The hour at the venue: the device's clock put right, and never later than now. */
  private async corrected(device: PairedDeviceRow, scan: UploadedScan): Promise<Date> {
    const machine = Math.min(Date.now(), Date.parse(scan.at) + (scan.clockOffsetMs ?? device.clockOffsetMs ?? 0));
    return after(new Date(machine), await this.festival.offset(device.edition));
  }

  /** Who went by a group's code: those whose turn it is; who is beyond its size goes under the code itself. */
  private async people(
    screening: ScreeningFacts,
    facts: SerialFacts,
    shown: string | null,
    direction: 'in' | 'out',
    wanted: number,
  ): Promise<string[] | undefined> {
    if (facts.group.length === 0 || !shown) return undefined;
    const proofs = await this.doors.proofs(screening.data.editionId);
    const members: Member[] = facts.group.map((one) => ({ key: one.serial, holder: ticketHolder(one, proofs) }));
    const known = peopleOf(members, direction, wanted);
    return [...known, ...Array<string>(Math.max(0, wanted - known.length)).fill(shown)];
  }

  /** Says of each scan whether it is part of a clash now. */
  private async answered(outcomes: Outcome[], scans: readonly UploadedScan[]): Promise<UploadedScans> {
    const kinds = new Map<string, NonNullable<Outcome['kinds']>>();
    for (const id of new Set(scans.map(({ screeningId }) => screeningId))) {
      const screening = await this.places.of(id);
      if (!screening) continue;
      for (const conflict of await this.conflicts.of(screening))
        for (const { scanId } of conflict.scans) kinds.set(scanId, [...(kinds.get(scanId) ?? []), conflict.kind]);
    }
    return {
      scans: outcomes.map((one) => {
        const clash = kinds.get(one.scanId);
        if (!clash) return one;
        return { ...one, outcome: one.outcome === 'stored' ? 'conflict' : one.outcome, kinds: [...new Set(clash)] };
      }),
      serverTime: new Date().toISOString(),
    };
  }
}

function shownBy(scan: UploadedScan): object {
  const row = VERDICTS[scan.verdict as Verdict];
  return { admitted: scan.admitted ? 'yes' : 'no', ...(row && { colour: row.colour, text: row.text }) };
}
