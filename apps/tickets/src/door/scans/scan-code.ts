import { Injectable } from '@nestjs/common';
import {
  type Answers,
  type DoorFacts,
  type HolderFacts,
  type Judgement,
  judge,
  type Member,
  peopleOf,
  type ReadCode,
  readDoor,
  screeningTag,
  stillToCome,
  turnOf,
} from '#libs/admission-code';
import type { EventData, LostBadgeShown, ScanCode as ScanCodeBody, ScanVerdict } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { operatorNeeded } from '../devices/device.refusals.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';
import { Pins } from '../devices/pins.js';
import { AloneShares } from './alone-shares.js';
import { areaHolder, readAreaDoor } from './area-door.rules.js';
import { DoorPlaces } from './door-places.js';
import { Doors } from './doors.js';
import { badgeHolder, type TicketAtDoor, ticketHolder } from './holder.rules.js';
import { ReadCodes } from './read-codes.js';
import { answerOf } from './scan-answer.js';
import { ScanStore, type SerialFacts, type StoredScan } from './scan-store.js';

/** How often a scan judges anew because another gate was faster. */
const ROUNDS = 5;

interface Holder {
  facts: HolderFacts;
  serial: string | null;
  place?: { row: string; seat: string } | null;
  members?: Member[];
  alone: boolean;
}

interface Scene {
  body: ScanCodeBody;
  device: PairedDeviceRow;
  screening: ScreeningFacts;
  read: ReadCode;
  /** As the code says. */
  shown: string | null;
  at: Date;
}

/** An online scan: a verdict and its record, or, for a scan that was sent before, the verdict it got then. */
@Injectable()
export class ScanCode {
  constructor(
    private readonly devices: Devices,
    private readonly pins: Pins,
    private readonly places: DoorPlaces,
    private readonly festival: FestivalClock,
    private readonly doors: Doors,
    private readonly codes: ReadCodes,
    private readonly shares: AloneShares,
    private readonly scans: ScanStore,
  ) {}

  /** @throws screening-unknown, device-not-here, door-operator-needed, door-pin-wrong and its kin for an override */
  async execute(caller: Caller, body: ScanCodeBody): Promise<ScanVerdict> {
    const device = await this.devices.byId(caller.id);
    const screening = await this.places.at(device, body.screeningId);
    if (device.operatorNeeded && !device.operator) throw operatorNeeded();
    const read = await this.codes.read(body.code);
    const at = await this.festival.now(device.edition);
    const scene = { body, device, screening, read, shown: read.outcome === 'ok' ? read.code.serial : null, at };
    return this.round(scene, ROUNDS);
  }

  private async round(scene: Scene, left: number): Promise<ScanVerdict> {
    const { body, device, at, shown } = scene;
    const dayFrom = this.doors.dayFrom(scene.screening.data, at);
    const facts = await this.scans.facts(body.scanId, shown ?? '', body.screeningId, dayFrom);
    const { earlier } = facts;
    if (earlier && (earlier.admitted === 'yes' || !body.answers)) return earlier;
    const answers = await this.answersOf(device, body);
    const door = await this.doorOf(scene, facts);
    const direction = body.direction ?? 'in';
    const holder = await this.holderOf(scene, facts, direction);
    const judged = judge(scene.read, holder.facts, door, { at, direction, scanId: body.scanId, answers });
    const settled = await this.settled(judged, holder, scene, facts);
    const stored = await this.store(scene, facts, holder, settled, door, earlier !== null);
    if (stored.outcome === 'repeated') return stored.answer!;
    // Another gate was faster by a moment: its entry stands, and this scan sees it.
    if (stored.outcome === 'lost' && left > 0) return this.round(scene, left - 1);
    return stored.answer!;
  }

  /** A badge that enters by its function takes its place before it is let in. */
  private async settled(
    judged: Judgement,
    holder: Holder,
    { screening, at }: Scene,
    facts: SerialFacts,
  ): Promise<Judgement> {
    if (!holder.alone || judged.verdict !== 'ok') return judged;
    const taken = await this.shares.take(screening.data, holder.serial!, facts.badge!.classes, at);
    return taken ? judged : { verdict: 'quota_exhausted', admitted: 'no', overridden: false };
  }

  private async answersOf(device: PairedDeviceRow, { answers }: ScanCodeBody): Promise<Answers> {
    if (!answers) return {};
    const { photo, proof, override } = answers;
    if (override) await this.pins.checkManager(device.edition, override.by, override.pin);
    return { ...(photo && { photo }), ...(proof && { proof }), ...(override && { override: true }) };
  }

  private async doorOf({ screening, device, at, read }: Scene, facts: SerialFacts): Promise<DoorFacts> {
    const wire = await this.doors.screening(screening, facts, at, { areas: device.scope.areas ?? [] });
    const strange = read.outcome === 'ok' && read.code.scope !== screeningTag(screening.data.screeningId);
    return readDoor(wire, device.edition, strange ? await this.doors.elsewhere(device.edition, at) : []);
  }

  private async holderOf(scene: Scene, facts: SerialFacts, direction: 'in' | 'out'): Promise<Holder> {
    const { read, shown, screening, at } = scene;
    if (read.outcome === 'ok' && read.code.kind === 'badge') {
      const { badge } = facts;
      if (!badge) return { facts: UNLISTED, serial: shown, alone: false };
      if (readAreaDoor(screening.data.screeningId)) return { facts: areaHolder(badge), serial: shown, alone: false };
      const share = badge.booking ? undefined : await this.shares.of(screening.data, badge.classes, at);
      return {
        facts: badgeHolder(badge, share),
        serial: shown,
        place: badge.booking,
        alone: share !== undefined && !facts.entry,
      };
    }
    const proofs = await this.doors.proofs(screening.data.editionId);
    const known = (ticket: TicketAtDoor) => ticketHolder(ticket, proofs);
    if (facts.ticket) return { facts: known(facts.ticket), serial: shown, place: facts.ticket, alone: false };
    if (facts.group.length === 0) return { facts: UNLISTED, serial: shown, alone: false };
    const members = facts.group.map((ticket) => ({ key: ticket.serial, holder: known(ticket) }));
    const turn = turnOf(members, direction)[0]!;
    const ticket = facts.group.find(({ serial }) => serial === turn.key)!;
    return { facts: turn.holder, serial: turn.key, place: ticket, members, alone: false };
  }

  private async store(
    scene: Scene,
    facts: SerialFacts,
    holder: Holder,
    judged: Judgement,
    door: DoorFacts,
    answered: boolean,
  ): Promise<{ outcome: 'stored' | 'repeated' | 'lost'; answer?: ScanVerdict }> {
    const { body, device, at, read } = scene;
    const direction = body.direction ?? 'in';
    const goes = judged.admitted === 'yes';
    const { members } = holder;
    const moving = goes && members ? peopleOf(members, direction, body.admit ?? 1) : [];
    const people = moving.length > 0 ? moving : undefined;
    const fresh = members?.filter(({ key, holder: one }) => moving.includes(key) && !one.entry).length ?? 0;
    const answer = answerOf(body.scanId, judged, {
      read,
      holder: holder.facts,
      door,
      place: holder.place,
      ...(members && { people: goes ? (people?.length ?? 1) : 0, groupLeft: stillToCome(members) - fresh }),
      delta: goes ? (direction === 'in' ? 1 : -1) * (people?.length ?? 1) : 0,
      badge: facts.badge !== null,
    });
    const scan: StoredScan = {
      id: body.scanId,
      device: device.id,
      screening: body.screeningId,
      gate: device.gate,
      serial: holder.serial,
      ...groupOf(facts, members, scene.shown),
      ...(people && { people }),
      verdict: judged.verdict,
      letIn: goes,
      direction,
      deviceAt: body.at,
      festivalAt: at.toISOString(),
      answer,
      ...(facts.badge?.booking && { booking: facts.badge.booking.id }),
      ...(answered && { answered: true as const }),
      ...(body.clockOffsetMs !== undefined && { clockOffsetMs: body.clockOffsetMs }),
      ...(body.seq !== undefined && { seq: body.seq }),
      ...(device.operator && { operator: device.operator }),
      ...(judged.overridden &&
        body.answers?.override && {
          overrideBy: body.answers.override.by,
          overrideReason: body.answers.override.reason,
          overrideProven: true,
        }),
      ...(judged.verdict === 'reported_lost' && facts.badge && { lost: lostShown(scene, facts.badge.id) }),
    };
    const { outcome, answer: known } = await this.scans.store(scan);
    return { outcome, answer: outcome === 'repeated' ? known! : answer };
  }
}

const UNLISTED: HolderFacts = { state: 'unlisted', booked: false, allowed: true };

function groupOf(facts: SerialFacts, members: Member[] | undefined, shown: string | null): { group?: string } {
  const group = members ? shown : facts.groupOf;
  return group ? { group } : {};
}

/** Data of `tickets.badge.lost-shown.v1`: the officers hear of it, whoever stands at the gate. */
function lostShown({ body, device, at }: Scene, badgeId: string): EventData<typeof LostBadgeShown> {
  return {
    badgeId,
    editionId: device.edition,
    screeningId: body.screeningId,
    gate: device.gate,
    scanId: body.scanId,
    at: at.toISOString(),
    verdict: 'reported_lost',
  };
}
