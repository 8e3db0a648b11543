import { s1, s2 } from './buying.js';
import { s4, s5, s6 } from './faults.js';
import { s13 } from './links.js';
import { s7, s9 } from './provider.js';
import type { Scenario } from './scenario.js';

export const SCENARIOS: readonly Scenario[] = [s1, s2, s4, s5, s6, s7, s9, s13];
