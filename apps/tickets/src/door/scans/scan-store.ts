import { Injectable } from '@nestjs/common';
import type { EventData, LostBadgeShown, ScanVerdict } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { BadgeAtDoor, TicketAtDoor } from './holder.rules.js';

/** What the database tells of a serial at a screening. */
export interface SerialFacts {
  earlier: ScanVerdict | null;
  ticket: TicketAtDoor | null;
  /** The tickets behind a group's one code. */
  group: TicketAtDoor[];
  /** The group's code that a single ticket belongs to. */
  groupOf: string | null;
  badge: (BadgeAtDoor & { id: string }) | null;
  entry: TicketAtDoor['entry'];
  inside: number;
  closedAt: string | null;
}

/** A scan as it is stored; see `store_scan`. */
export interface StoredScan {
  id: string;
  device: string;
  screening: string;
  gate: string;
  serial: string | null;
  group?: string;
  /** Who goes by a group's code; the serial itself when empty. */
  people?: string[];
  verdict: string;
  letIn: boolean;
  direction: 'in' | 'out';
  deviceAt: string;
  festivalAt: string;
  answer: ScanVerdict | object;
  booking?: string;
  /** Answers a question that this scan asked. */
  answered?: true;
  /** Decided by the device, sent later. */
  late?: true;
  undone?: true;
  clockOffsetMs?: number;
  seq?: number;
  operator?: string;
  overrideBy?: string;
  overrideReason?: string;
  /** The PIN was shown to be typed. */
  overrideProven?: boolean;
  listAt?: string;
  lost?: EventData<typeof LostBadgeShown>;
}

/** The door's hot path in the database: one round trip for facts, one for storing. */
@Injectable()
export class ScanStore {
  constructor(private readonly database: Database) {}

  async facts(scan: string, serial: string, screening: string, dayFrom: Date): Promise<SerialFacts> {
    const [row] = await this.database.hot<{ facts: SerialFacts }>(
      'scan-facts',
      'SELECT scan_facts($1, $2, $3, $4) AS facts',
      [scan, serial, screening, dayFrom],
    );
    const facts = row!.facts;
    return { ...facts, badge: facts.badge && { ...facts.badge, entry: facts.entry } };
  }

  /** `lost`: another gate let the same person in a moment before. */
  async store(scan: StoredScan): Promise<{ outcome: 'stored' | 'repeated' | 'lost'; answer?: ScanVerdict }> {
    const [row] = await this.database.hot<{
      stored: { outcome: 'stored' | 'repeated' | 'lost'; answer?: ScanVerdict };
    }>('store-scan', 'SELECT store_scan($1) AS stored', [scan]);
    return row!.stored;
  }
}
