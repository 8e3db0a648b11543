import type { DatabaseDefinition } from '#libs/persistence';
import { ApplicationRow, ApplicationStepRow, EvidenceRow } from './applications/application.entity.js';
import { BadgeRow } from './badges/badge.entity.js';
import { CategoryRow, OutletRow } from './categories/category.entity.js';
import { DocumentSetPersonRow, DocumentSetRow } from './document-sets/document-set.entity.js';
import { ExtraRequestRow, ExtraRow } from './extras/extra.entity.js';
import { Accreditations1760000000001 } from './migrations/1760000000001-accreditations.js';
import { ApplicationsInDepth1760000100000 } from './migrations/1760000100000-applications-in-depth.js';
import { Papers1760000200001 } from './migrations/1760000200001-papers.js';
import { BadgesOnPaper1760000200002 } from './migrations/1760000200002-badges-on-paper.js';
import { WalkUps1760000200003 } from './migrations/1760000200003-walk-ups.js';
import { Extras1760000200004 } from './migrations/1760000200004-extras.js';
import { DocumentSets1760000200005 } from './migrations/1760000200005-document-sets.js';
import { Delegations1760000300000 } from './migrations/1760000300000-delegations.js';
import { Duplicates1760000301000 } from './migrations/1760000301000-duplicates.js';
import { Consents1760000302000 } from './migrations/1760000302000-consents.js';
import { MoreFunctions1760000303000 } from './migrations/1760000303000-more-functions.js';
import { FileRemovals1760000304000 } from './migrations/1760000304000-file-removals.js';
import { BadgePrintRow, PrintBatchRow } from './prints/print.entity.js';
import { ReleaseDecisionRow, ReleaseRow } from './releases/release.entity.js';

export const accreditationsDatabase: DatabaseDefinition = {
  entities: [
    CategoryRow,
    OutletRow,
    ApplicationRow,
    ApplicationStepRow,
    EvidenceRow,
    BadgeRow,
    BadgePrintRow,
    PrintBatchRow,
    ReleaseRow,
    ReleaseDecisionRow,
    ExtraRow,
    ExtraRequestRow,
    DocumentSetRow,
    DocumentSetPersonRow,
  ],
  migrations: [
    Accreditations1760000000001,
    ApplicationsInDepth1760000100000,
    Papers1760000200001,
    BadgesOnPaper1760000200002,
    WalkUps1760000200003,
    Extras1760000200004,
    DocumentSets1760000200005,
    Delegations1760000300000,
    Duplicates1760000301000,
    Consents1760000302000,
    MoreFunctions1760000303000,
    FileRemovals1760000304000,
  ],
};
