import { Injectable } from '@nestjs/common';
import { evidenceBroken, evidencePortraitShape, evidenceTooManyPixels } from './evidence.refusals.js';
import { fitsPortrait, PORTRAIT } from './evidence.rules.js';
import { pictureLibrary } from './picture-library.js';

const SECONDS = 20;

export interface PictureOrder {
  type: 'image/jpeg' | 'image/png';
  maxPixels: number;
  portrait: boolean;
}

/**
 * Writes an uploaded picture anew from its pixels: turned as its camera said, in sRGB, without EXIF, captions, profiles
 * and whatever else lay beside them. Nothing of the sent bytes survives but what can be seen.
 */
@Injectable()
export class Pictures {
  /** @throws evidence-too-many-pixels, evidence-broken, evidence-portrait-shape */
  async anew(bytes: Buffer, { type, maxPixels, portrait }: PictureOrder): Promise<Buffer> {
    const sharp = await pictureLibrary();
    const options = { failOn: 'warning', limitInputPixels: maxPixels, sequentialRead: true } as const;
    const facts = await sharp(bytes, { ...options, limitInputPixels: false })
      .metadata()
      .catch((error: unknown) => {
        throw evidenceBroken({ type }, { cause: error });
      });
    const pixels = facts.width * facts.height;
    if (pixels > maxPixels) throw evidenceTooManyPixels({ pixels, maxPixels });
    const turned = (facts.orientation ?? 1) >= 5;
    const [width, height] = turned ? [facts.height, facts.width] : [facts.width, facts.height];
    if (portrait && !fitsPortrait(width, height))
      throw evidencePortraitShape({ width, height, leastWidth: PORTRAIT.width, leastHeight: PORTRAIT.height });
    let picture = sharp(bytes, options).timeout({ seconds: SECONDS }).autoOrient();
    if (portrait) {
      const across = Math.min(width, Math.round((height * 3) / 4), PORTRAIT.most);
      picture = picture.resize(across, Math.round((across * 4) / 3), { fit: 'cover' });
    }
    picture =
      type === 'image/png' ? picture.png({ compressionLevel: 8 }) : picture.jpeg({ quality: 88, mozjpeg: false });
    return picture.toBuffer().catch((error: unknown) => {
      throw evidenceBroken({ type }, { cause: error });
    });
  }
}
