import { Page } from './pdf.js';

/** Points of a millimetre. */
export const MM = 72 / 25.4;

/** What is left after cutting, points. */
export interface TrimSize {
  width: number;
  height: number;
}

/** What a press wants around the cut, and where its marks stand: ISO 15930 asks for the boxes, printers for 3 mm. */
const BLEED = 3 * MM;
const MARK = 4 * MM;
const GAP = 1 * MM;
const AROUND = BLEED + GAP + MARK;

/**
 * Pages that will be cut: measures are points from the top left of the finished piece, colour runs 3 mm over its edge,
 * and marks outside show where to cut. Read as a stream while it is drawn.
 */
export class PrintSheet {
  readonly page: Page;
  readonly bleed = BLEED;
  private begun = false;

  constructor(
    readonly trim: TrimSize,
    info: { title: string; language: string },
  ) {
    this.page = new Page([trim.width + 2 * AROUND, trim.height + 2 * AROUND], { ...info, streamed: true });
  }

  /** The document's bytes. */
  get stream(): PDFKit.PDFDocument {
    return this.page.document;
  }

  /** Draws one side: marks, then `draw` clipped to the bleed. */
  side(draw: () => void): void {
    if (this.begun) this.page.next();
    this.begun = true;
    const { document } = this.page;
    const { width, height } = this.trim;
    const box = (around: number) => [
      AROUND - around,
      AROUND - around,
      AROUND + width + around,
      AROUND + height + around,
    ];
    Object.assign(document.page.dictionary.data, { TrimBox: box(0), BleedBox: box(BLEED) });
    this.marks();
    document
      .save()
      .translate(AROUND, AROUND)
      .rect(-BLEED, -BLEED, width + 2 * BLEED, height + 2 * BLEED)
      .clip();
    draw();
    document.restore();
  }

  async finish(): Promise<void> {
    await this.page.finish();
  }

  private marks(): void {
    const { document } = this.page;
    const { width, height } = this.trim;
    document.lineWidth(0.35).undash().strokeColor('#000000');
    for (const x of [AROUND, AROUND + width])
      for (const [from, to] of [
        [0, MARK],
        [AROUND + height + BLEED + GAP, 2 * AROUND + height],
      ] as const)
        document.moveTo(x, from).lineTo(x, to).stroke();
    for (const y of [AROUND, AROUND + height])
      for (const [from, to] of [
        [0, MARK],
        [AROUND + width + BLEED + GAP, 2 * AROUND + width],
      ] as const)
        document.moveTo(from, y).lineTo(to, y).stroke();
  }
}
