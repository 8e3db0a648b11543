import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';
import decompress from 'woff2-encoder/decompress';

const SUBSETS = ['latin', 'cyrillic', 'cyrillic-ext', 'latin-ext'] as const;

const KEPT = 2_000;

/** A line of the display face as one outline, its baseline at 0; y grows downwards. */
export interface Outline {
  /** SVG path in units of 1/1000 of the size. */
  path: string;
  /** Width in the same units. */
  width: number;
}

/**
 * Commissioner with flared strokes, the face of titles. It exists as a variable font alone, and PDF has no variable
 * fonts: titles are drawn as outlines, and their text is laid under them for searching and reading aloud.
 */
export class DisplayFace {
  /** Titles of a festival are few and drawn on every ticket. */
  private readonly drawn = new Map<string, Outline>();

  private constructor(private readonly fonts: Font[]) {}

  private static loading = new Map<number, Promise<DisplayFace>>();

  /** @param weight 100 to 900; heavier for bigger sizes (docs/look) */
  static load(weight: number): Promise<DisplayFace> {
    let loading = DisplayFace.loading.get(weight);
    if (!loading) {
      loading = DisplayFace.read(weight);
      DisplayFace.loading.set(weight, loading);
    }
    return loading;
  }

  private static async read(weight: number): Promise<DisplayFace> {
    const home = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/commissioner/package.json'));
    const fonts = await Promise.all(
      SUBSETS.map(async (subset) => {
        const packed = readFileSync(join(home, 'files', `commissioner-${subset}-flar-normal.woff2`));
        const font = create(Buffer.from(await decompress(packed))) as Font;
        return font.getVariation({ wght: weight, FLAR: 100 });
      }),
    );
    return new DisplayFace(fonts);
  }

  /** @throws when the face lacks a letter: better no document than a box in a film's title */
  outline(text: string): Outline {
    const known = this.drawn.get(text);
    if (known) return known;
    let [path, at] = ['', 0];
    for (const { font, part } of this.parts(text)) {
      const scale = 1000 / font.unitsPerEm;
      const { glyphs, positions } = font.layout(part);
      glyphs.forEach((glyph, index) => {
        path += glyph.path.scale(scale, -scale).translate(at, 0).toSVG();
        at += positions[index]!.xAdvance * scale;
      });
    }
    if (this.drawn.size >= KEPT) this.drawn.clear();
    const outline = { path, width: at };
    this.drawn.set(text, outline);
    return outline;
  }

  private parts(text: string): { font: Font; part: string }[] {
    const out: { font: Font; part: string }[] = [];
    for (const character of text) {
      const point = character.codePointAt(0)!;
      const last = out.at(-1);
      if (last?.font.hasGlyphForCodePoint(point)) {
        last.part += character;
        continue;
      }
      const font = this.fonts.find((candidate) => candidate.hasGlyphForCodePoint(point));
      if (!font) throw new Error(`the display face lacks U+${point.toString(16).padStart(4, '0')}`);
      out.push({ font, part: character });
    }
    return out;
  }
}
