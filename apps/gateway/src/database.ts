import type { DatabaseDefinition } from '#libs/persistence';
import { People1758000000000 } from './migrations/1758000000000-people.js';
import { Messaging1758000000001 } from './migrations/1758000000001-messaging.js';
import { EntryQueue1758000000002 } from './migrations/1758000000002-entry-queue.js';
import { Erasures1758000000003 } from './migrations/1758000000003-erasures.js';
import { Staff1758000000004 } from './migrations/1758000000004-staff.js';

export const gatewayDatabase: DatabaseDefinition = {
  entities: [],
  migrations: [
    People1758000000000,
    Messaging1758000000001,
    EntryQueue1758000000002,
    Erasures1758000000003,
    Staff1758000000004,
  ],
};
