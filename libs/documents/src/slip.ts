import type { Page } from './pdf.js';

/** Where a slip is drawn, points; `bottom` is where a sheet ends, and infinite on a roll. */
export interface SlipArea {
  x: number;
  y: number;
  width: number;
  bottom: number;
}

/** Something narrow for a ticket printer. Draws itself and answers the y below it. */
export type Slip = (page: Page, area: SlipArea) => number;
