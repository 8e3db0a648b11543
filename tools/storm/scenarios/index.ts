import { s1, s2 } from './buying.js';
import { s12 } from './clocks.js';
import { s15 } from './deploy.js';
import { s10 } from './events.js';
import { s4, s5, s6 } from './faults.js';
import { s17 } from './gates.js';
import { s11 } from './hearers.js';
import { s13 } from './links.js';
import { s3 } from './lost-state.js';
import { s7, s8, s9 } from './provider.js';
import { s19 } from './restore.js';
import { s14 } from './room.js';
import { s16 } from './rush.js';
import type { Scenario } from './scenario.js';
import { s18 } from './soak.js';

export const SCENARIOS: readonly Scenario[] = [
  s1,
  s2,
  s3,
  s4,
  s5,
  s6,
  s7,
  s8,
  s9,
  s10,
  s11,
  s12,
  s13,
  s14,
  s15,
  s16,
  s17,
  s18,
  s19,
];
