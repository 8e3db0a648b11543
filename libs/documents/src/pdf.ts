import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { DisplayFace } from './display.js';
import { faces, runs, type Weight } from './fonts.js';

export interface TextStyle {
  size: number;
  weight?: Weight;
  colour?: string;
  /** Lines break at spaces to stay inside this width, points. */
  width?: number;
  /** Distance of lines as a factor of the size. */
  leading?: number;
  /** Right: `x` is where the line ends; centre: `x` is its middle. */
  align?: 'left' | 'right' | 'centre';
  /** Points between letters. */
  tracking?: number;
}

export interface TitleStyle {
  size: number;
  /** The title shrinks until it has no more lines, not below half of its size. */
  lines: number;
  width: number;
  colour?: string;
  leading?: number;
}

/** Bytes that may wait for the reader of a streamed document before drawing pauses. */
const MOST_AHEAD = 256 * 1024;

/** A PDF page on which any of our three languages prints; measures are points (1/72 inch) from the top left. */
export class Page {
  readonly document: PDFKit.PDFDocument;
  private readonly finished: Promise<Buffer>;
  private readonly registered = new Set<string>();

  constructor(
    private readonly size: [number, number] | 'A4' | 'A6',
    info: { title: string; language: string; streamed?: boolean },
  ) {
    this.document = new PDFDocument({
      size,
      margin: 0,
      lang: info.language,
      // No standard font to begin with: reading its measures costs more than a line of text.
      font: '',
      displayTitle: true,
      info: { Title: info.title, Producer: 'Seans', Creator: 'Seans' },
    });
    const chunks: Buffer[] = [];
    this.finished = new Promise((resolve, reject) => {
      // Whoever asks for a stream reads it: what is not kept here is not twice in memory.
      if (info.streamed) return resolve(Buffer.alloc(0));
      this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.document.on('end', () => resolve(Buffer.concat(chunks)));
      this.document.on('error', reject);
    });
  }

  get width(): number {
    return this.document.page.width;
  }
  get height(): number {
    return this.document.page.height;
  }

  next(size = this.size): void {
    this.document.addPage({ size, margin: 0 });
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.document.rect(x, y, width, height).fill(colour);
  }

  polygon(points: [number, number][], colour: string): void {
    this.document.polygon(...points).fill(colour);
  }

  /** Draws the text with its first line's top at `y`; returns the y below it. */
  text(text: string, x: number, y: number, style: TextStyle): number {
    const leading = (style.leading ?? 1.3) * style.size;
    let at = y;
    for (const line of this.lines(text, style)) {
      const width = style.align && style.align !== 'left' ? this.measure(line, style) : 0;
      let left = x - (style.align === 'centre' ? width / 2 : width);
      for (const run of runs(line, style.weight ?? 400)) {
        this.use(run.face.name, style.weight ?? 400)
          .fontSize(style.size)
          .fillColor(style.colour ?? '#0F211D');
        const options = { lineBreak: false, characterSpacing: style.tracking ?? 0 };
        this.document.text(run.text, left, at, options);
        left += this.document.widthOfString(run.text, options);
      }
      at += leading;
    }
    return at;
  }

  /** How many lines the text takes. */
  linesOf(text: string, style: TextStyle): number {
    return this.lines(text, style).length;
  }

  /** A title in the display face; its letters lie under it as text. Returns the y below it. */
  title(face: DisplayFace, text: string, x: number, y: number, style: TitleStyle): number {
    const { size, lines } = this.fittedTitle(face, text, style);
    const leading = (style.leading ?? 1.02) * size;
    let at = y;
    for (const line of lines) {
      this.document.save().fillOpacity(0);
      this.text(line.text, x, at, { size: size * 0.9, weight: 700 });
      this.document.restore();
      this.document
        .save()
        .translate(x, at + size * 0.86)
        .scale(size / 1000);
      this.document.path(line.path).fill(style.colour ?? '#0F211D');
      this.document.restore();
      at += leading;
    }
    return at;
  }

  /** Height that a title takes, points. */
  titleHeight(face: DisplayFace, text: string, style: TitleStyle): number {
    const { size, lines } = this.fittedTitle(face, text, style);
    return lines.length * (style.leading ?? 1.02) * size;
  }

  private fittedTitle(face: DisplayFace, text: string, style: TitleStyle) {
    let { size } = style;
    let lines = this.titleLines(face, text, size, style.width);
    const tooBig = () => lines.length > style.lines || lines.some((line) => line.width * size > style.width * 1000);
    while (size > style.size / 2 && tooBig()) {
      size -= 1;
      lines = this.titleLines(face, text, size, style.width);
    }
    return { size, lines };
  }

  private titleLines(face: DisplayFace, text: string, size: number, width: number) {
    return wrapped(text, (line) => face.outline(line).width * size <= width * 1000).map((line) => ({
      text: line,
      ...face.outline(line),
    }));
  }

  rule(x: number, y: number, width: number, colour: string, thickness: number): void {
    this.document
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .undash()
      .stroke(colour);
  }

  private lines(text: string, style: TextStyle): string[] {
    const { width } = style;
    return width ? wrapped(text, (line) => this.measure(line, style) <= width) : [text];
  }

  measure(text: string, style: TextStyle): number {
    return runs(text, style.weight ?? 400).reduce(
      (sum, run) =>
        sum +
        this.use(run.face.name, style.weight ?? 400)
          .fontSize(style.size)
          .widthOfString(run.text, { characterSpacing: style.tracking ?? 0 }),
      0,
    );
  }

  /** A QR of level Q on white, with the four modules of quiet zone that scanners want; `side` includes it. */
  qr(text: string, x: number, y: number, side: number): void {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: 'Q' });
    const unit = side / (modules.size + 8);
    this.fill(x, y, side, side, '#FFFFFF');
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column))
          this.document.rect(x + (column + 4) * unit, y + (row + 4) * unit, unit * 1.02, unit * 1.02);
    this.document.fill('#0F211D');
  }

  /** A picture (JPEG or PNG) that fills the box; what is over is cut off. */
  picture(bytes: Buffer, x: number, y: number, width: number, height: number): void {
    this.document.save().rect(x, y, width, height).clip();
    this.document.image(bytes, x, y, { cover: [width, height], align: 'center', valign: 'center' }).restore();
  }

  /** Waits until the reader of a streamed document has taken what was drawn. */
  async taken(): Promise<void> {
    while (this.document.readableLength > MOST_AHEAD) {
      if (this.document.destroyed) throw new Error('nobody reads the document any more');
      await new Promise((next) => setTimeout(next, 2));
    }
    await new Promise((next) => setImmediate(next));
  }

  async finish(): Promise<Buffer> {
    this.document.end();
    return this.finished;
  }

  private use(name: string, weight: Weight): PDFKit.PDFDocument {
    if (!this.registered.has(name)) {
      const face = faces(weight).find((candidate) => candidate.name === name)!;
      // The opened font itself, which its types do not know: a document that opens it again reads all tables anew.
      this.document.registerFont(name, face.font as unknown as Buffer);
      this.registered.add(name);
    }
    return this.document.font(name);
  }
}

/** Breaks at spaces; a word that is too long for a line of its own stays whole. */
function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && !fits(longer)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}
