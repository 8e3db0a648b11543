import type { DatabaseDefinition } from '#libs/persistence';
import { CatalogueEntryRow } from './catalogue/catalogue-entry.entity.js';
import { EditionRow } from './editions/edition.entity.js';
import { Programme1758000000001 } from './migrations/1758000000001-programme.js';
import { SeatPlanSources1758000000002 } from './migrations/1758000000002-seat-plan-sources.js';
import { HallSlots1758000000003 } from './migrations/1758000000003-hall-slots.js';
import { Moves1758000000004 } from './migrations/1758000000004-moves.js';
import { MoveRow } from './moves/move.entity.js';
import { ScreeningRow } from './screenings/screening.entity.js';
import { SeatPlanRow } from './seat-plans/seat-plan.entity.js';
import { HallRow, VenueRow } from './venues/venue.entity.js';

export const screeningsDatabase: DatabaseDefinition = {
  entities: [EditionRow, CatalogueEntryRow, VenueRow, HallRow, SeatPlanRow, ScreeningRow, MoveRow],
  migrations: [Programme1758000000001, SeatPlanSources1758000000002, HallSlots1758000000003, Moves1758000000004],
};
