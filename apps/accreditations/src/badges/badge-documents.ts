import { Inject, Injectable } from '@nestjs/common';
import { Page } from '#libs/documents';
import { formatDateRange, LANGUAGES, type Language } from '#libs/kernel';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { Editions } from '../editions/editions.js';
import type { BadgeRow } from './badge.entity.js';
import { shortCode } from './badge.rules.js';
import { BadgeCodes } from './badge-codes.js';

const APORT = '#C4122F';
const BLUSH = '#FBC9CF';
const INK = '#0F211D';
const MOSS = '#4A5C57';
const PAPER = '#FFFFFF';

const AREAS: Record<Language, string> = { kk: 'Аймақтар', ru: 'Зоны', en: 'Areas' };
const SHOW: Record<Language, string> = {
  kk: 'Кодты есікте көрсетіңіз. Телефоннан да болады.',
  ru: 'Покажите код на входе. Можно и с телефона.',
  en: 'Show the code at the door. A phone is fine.',
};
const TITLE: Record<Language, string> = { kk: 'Бейдж', ru: 'Бейдж', en: 'Badge' };
/** The fixed mountain ridge south of the city, as heights from 0 to 1. */
const RIDGE = [0.2, 0.42, 0.3, 0.6, 0.46, 0.82, 0.58, 0.7, 0.44, 0.66, 0.96, 0.7];

/** The badge on one A6 page, made when it is asked for; nothing of it is stored. */
@Injectable()
export class BadgeDocuments {
  constructor(
    private readonly codes: BadgeCodes,
    private readonly editions: Editions,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /** Where its holder finds it on the site. */
  link(): string {
    return `${this.settings.PUBLIC_URL}/accreditation`;
  }

  async pdf(badge: BadgeRow): Promise<Buffer> {
    const [edition, code] = await Promise.all([this.editions.one(badge.editionId), this.codes.write(badge)]);
    const { holder } = badge;
    const first = holder.language;
    const others = LANGUAGES.filter((language) => language !== first);
    const page = new Page('A6', { title: `${TITLE[first]} · ${holder.name}`, language: first });
    const margin = 24;
    const width = page.width - 2 * margin;
    const head = 104;
    page.fill(0, 0, page.width, head, APORT);
    const step = page.width / (RIDGE.length - 1);
    page.polygon(
      [[0, head], ...RIDGE.map((height, i): [number, number] => [i * step, head - height * 34]), [page.width, head]],
      BLUSH,
    );
    page.text(edition.name[first], margin, 18, { size: 13, weight: 700, colour: PAPER, width });
    page.text(formatDateRange(edition.from, edition.to, first), margin, 36, { size: 9, colour: PAPER });
    let y = page.text(holder.name, margin, head + 14, {
      size: fitting(holder.name, [22, 22], [44, 18], 13),
      weight: 700,
      width,
      leading: 1.1,
    });
    if (holder.line)
      y = page.text(holder.line, margin, y + 2, {
        size: fitting(holder.line, [45, 11], [70, 9], 8),
        colour: MOSS,
        width,
      });
    y = page.text(holder.functionName[first], margin, y + 8, { size: 16, weight: 700, colour: APORT, width });
    const translated = [...new Set(others.map((language) => holder.functionName[language]))].filter(
      (text) => text !== holder.functionName[first],
    );
    if (translated.length > 0) y = page.text(translated.join(' · '), margin, y, { size: 9, colour: MOSS, width });
    const side = 132;
    const top = page.height - side - margin - 6;
    page.qr(code, page.width - margin - side, top, side);
    const left = width - side - 8;
    page.text(AREAS[first], margin, top + 6, { size: 8, colour: MOSS });
    page.text(badge.areas.join(' '), margin, top + 17, { size: 22, weight: 700, width: left });
    page.text(shortCode(badge.serial), margin, top + 50, { size: 12, weight: 700 });
    let small = page.text(SHOW[first], margin, top + 70, { size: 7, colour: INK, width: left });
    for (const language of others)
      small = page.text(SHOW[language], margin, small + 2, { size: 6, colour: MOSS, width: left });
    return page.finish();
  }
}

/** The size at which a text of its length leaves room for the code: up to so many letters, so large. */
function fitting(text: string, short: [letters: number, size: number], long: [number, number], least: number): number {
  if (text.length <= short[0]) return short[1];
  return text.length <= long[0] ? long[1] : least;
}
