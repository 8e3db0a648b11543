import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { badgeValidity, Editions } from '../editions/editions.js';
import { type BadgeHolder, BadgeRow } from './badge.entity.js';
import { newSerial } from './badge.rules.js';
import { BadgeTelling } from './badge-telling.js';

export interface BadgeOrder {
  applicationId: string;
  editionId: string;
  personId: string;
  category: CategoryRow;
  holder: BadgeHolder;
}

/** Makes the badge of an accreditation; a person has at most one living badge in an edition (unique index). */
@Injectable()
export class IssueBadge {
  constructor(
    private readonly editions: Editions,
    private readonly telling: BadgeTelling,
  ) {}

  async within(tx: Tx, order: BadgeOrder): Promise<BadgeRow> {
    const [badge] = await this.together(tx, order.editionId, [order]);
    return badge!;
  }

  /** Many of one edition at once, in the order asked for. */
  async together(tx: Tx, editionId: string, orders: readonly BadgeOrder[]): Promise<BadgeRow[]> {
    const validity = badgeValidity(await this.editions.one(editionId, tx));
    return this.make(
      tx,
      orders.map((order) => ({
        applicationId: order.applicationId,
        editionId,
        personId: order.personId,
        function: order.category.function,
        classes: order.category.classes,
        areas: order.category.areas,
        holder: order.holder,
        validFrom: validity.from,
        validUntil: validity.until,
      })),
    );
  }

  /** The same powers under a new serial. */
  async again(
    tx: Tx,
    { id: _id, serial: _serial, state: _state, version: _version, ...same }: BadgeRow,
  ): Promise<BadgeRow> {
    const [badge] = await this.make(tx, [same]);
    return badge!;
  }

  private async make(
    tx: Tx,
    facts: readonly Omit<BadgeRow, 'id' | 'serial' | 'state' | 'version' | 'endReason'>[],
  ): Promise<BadgeRow[]> {
    const badges = facts.map(
      (one): BadgeRow => ({ ...one, id: newId(), serial: newSerial(), state: 'live', version: 1, endReason: null }),
    );
    await tx.insert(BadgeRow, badges);
    await this.telling.issued(tx, ...badges);
    return badges;
  }
}
