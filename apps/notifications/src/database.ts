import type { DatabaseDefinition } from '#libs/persistence';
import { Deliveries1569000000000 } from './migrations/1569000000000-deliveries.js';
import { Rehearsals1569000300000 } from './migrations/1569000300000-rehearsals.js';
import { DeliveryMachine1569000600000 } from './migrations/1569000600000-delivery-machine.js';

export const notificationsDatabase: DatabaseDefinition = {
  entities: [],
  migrations: [Deliveries1569000000000, Rehearsals1569000300000, DeliveryMachine1569000600000],
};
