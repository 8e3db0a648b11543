import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { faces, runs, type Weight } from './fonts.js';

export interface TextStyle {
  size: number;
  weight?: Weight;
  colour?: string;
  /** Lines break at spaces to stay inside this width, points. */
  width?: number;
  /** Distance of lines as a factor of the size. */
  leading?: number;
}

/** A PDF page on which any of our three languages prints; measures are points (1/72 inch) from the top left. */
export class Page {
  readonly document: PDFKit.PDFDocument;
  private readonly finished: Promise<Buffer>;
  private readonly registered = new Set<string>();

  constructor(size: [number, number] | 'A4' | 'A6', info: { title: string; language: string }) {
    this.document = new PDFDocument({
      size,
      margin: 0,
      lang: info.language,
      displayTitle: true,
      info: { Title: info.title, Producer: 'Seans', Creator: 'Seans' },
    });
    const chunks: Buffer[] = [];
    this.finished = new Promise((resolve, reject) => {
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

  next(): void {
    this.document.addPage();
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
      let left = x;
      for (const run of runs(line, style.weight ?? 400)) {
        this.use(run.face.name, style.weight ?? 400)
          .fontSize(style.size)
          .fillColor(style.colour ?? '#0F211D');
        this.document.text(run.text, left, at, { lineBreak: false });
        left += this.document.widthOfString(run.text);
      }
      at += leading;
    }
    return at;
  }

  private lines(text: string, style: TextStyle): string[] {
    if (!style.width) return [text];
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line ? `${line} ${word}` : word;
      if (line && this.measure(longer, style) > style.width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
    return lines;
  }

  private measure(text: string, style: TextStyle): number {
    return runs(text, style.weight ?? 400).reduce(
      (sum, run) =>
        sum +
        this.use(run.face.name, style.weight ?? 400)
          .fontSize(style.size)
          .widthOfString(run.text),
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

  async finish(): Promise<Buffer> {
    this.document.end();
    return this.finished;
  }

  private use(name: string, weight: Weight): PDFKit.PDFDocument {
    if (!this.registered.has(name)) {
      const face = faces(weight).find((candidate) => candidate.name === name)!;
      this.document.registerFont(name, face.file);
      this.registered.add(name);
    }
    return this.document.font(name);
  }
}
