import { clashesAreTold, gatesAreKept } from './door-checks.js';
import type { Check, Facts, Violation } from './facts.js';
import { nothingGrows } from './growth.js';
import { endsOnlyWhenClosed, moneyBuys, nothingToldIsLost, oneKeyOneOrder } from './money-checks.js';
import { programmeIsHeardOnce } from './programme.js';
import { rushesPass } from './rush.js';
import {
  mapAgrees,
  marksGoForward,
  neverTwoHolds,
  neverTwoOwners,
  noHoldOnSoldSeats,
  stopsHold,
  toldYoursOnce,
} from './seat-checks.js';
import {
  everythingIsHeardOnce,
  everythingIsTold,
  invariantsHold,
  mailsOnce,
  refusalsAreClear,
  scansKept,
} from './telling-checks.js';

/** Everything that must hold after a storm; the gravest first. */
export const CHECKS: readonly Check[] = [
  toldYoursOnce,
  neverTwoOwners,
  moneyBuys,
  nothingToldIsLost,
  oneKeyOneOrder,
  endsOnlyWhenClosed,
  stopsHold,
  invariantsHold,
  mailsOnce,
  everythingIsTold,
  everythingIsHeardOnce,
  programmeIsHeardOnce,
  scansKept,
  gatesAreKept,
  clashesAreTold,
  noHoldOnSoldSeats,
  neverTwoHolds,
  mapAgrees,
  marksGoForward,
  refusalsAreClear,
  rushesPass,
  nothingGrows,
];

export function check(facts: Facts): Violation[] {
  return CHECKS.flatMap((one) => one.find(facts));
}
