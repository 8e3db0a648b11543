import { Page, type Slip } from '#libs/documents';
import type { Language } from '#libs/kernel';

/** Width of the paper and what a printer leaves white on each side, points. */
const ROLL = { width: 226.77, margin: 11.34 };
const SHEET = { width: 297.64, height: 419.53, margin: 17 };

/**
 * Slips for a ticket printer: on a roll each is as long as it is and is cut off; a sheet of A6 takes one, and one that is
 * longer goes on.
 */
export async function slipsPdf(
  slips: readonly Slip[],
  format: '80mm' | 'a6',
  info: { title: string; language: Language },
): Promise<Buffer> {
  if (format === 'a6') {
    const page = new Page('A6', info);
    slips.forEach((slip, index) => {
      if (index > 0) page.next();
      slip(page, {
        x: SHEET.margin,
        y: SHEET.margin,
        width: SHEET.width - 2 * SHEET.margin,
        bottom: SHEET.height - SHEET.margin,
      });
    });
    return page.finish();
  }
  const ruler = new Page([ROLL.width, 2_000], info);
  const heights = slips.map((slip) => slip(ruler, area(Number.POSITIVE_INFINITY)) + ROLL.margin);
  const page = new Page([ROLL.width, heights[0] ?? 100], info);
  slips.forEach((slip, index) => {
    if (index > 0) page.next([ROLL.width, heights[index]!]);
    slip(page, area(Number.POSITIVE_INFINITY));
  });
  return page.finish();
}

function area(bottom: number) {
  return { x: ROLL.margin, y: ROLL.margin, width: ROLL.width - 2 * ROLL.margin, bottom };
}
