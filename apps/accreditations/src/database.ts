import type { DatabaseDefinition } from '#libs/persistence';
import { ApplicationRow, ApplicationStepRow, EvidenceRow } from './applications/application.entity.js';
import { BadgeRow } from './badges/badge.entity.js';
import { CategoryRow, OutletRow } from './categories/category.entity.js';
import { Accreditations1760000000001 } from './migrations/1760000000001-accreditations.js';

export const accreditationsDatabase: DatabaseDefinition = {
  entities: [CategoryRow, OutletRow, ApplicationRow, ApplicationStepRow, EvidenceRow, BadgeRow],
  migrations: [Accreditations1760000000001],
};
