import { Injectable } from '@nestjs/common';
import { badgeFelt, DisplayFace, drawMark, fitTitle, Page, printable } from '#libs/documents';
import { Editions } from '../editions/editions.js';
import { dayAndTime, ExtrasQueries } from './extras.queries.js';

const A5_LYING: [number, number] = [595.28, 419.53];
const SNOW = '#FFFFFF';
const INK = '#0F211D';

/** Numbers to be worn at an event: one sheet of A5 for each who was granted a place and whose badge lives. */
@Injectable()
export class Bibs {
  constructor(
    private readonly extras: ExtrasQueries,
    private readonly editions: Editions,
  ) {}

  /** The number was given with the place and stays, whoever gives up. */
  async pdf(editionId: string, extraId: string): Promise<Buffer> {
    const [found, bibs, edition, face] = await Promise.all([
      this.extras.requests(editionId, extraId),
      this.extras.bibs(editionId, extraId),
      this.editions.one(editionId),
      DisplayFace.load(850),
    ]);
    const granted = found.requests
      .filter((request) => request.badge && bibs.has(request.id))
      .sort((one, other) => bibs.get(one.id)! - bibs.get(other.id)!);
    const page = new Page(A5_LYING, { title: found.name.en, language: 'kk' });
    const felt = badgeFelt(found.kind, editionId);
    const at = dayAndTime(new Date(found.at), edition.timezone);
    for (const [index, request] of granted.entries()) {
      if (index > 0) page.next();
      page.fill(0, 0, page.width, 96, felt.ground);
      drawMark(page.document, 36, 24, 48, SNOW);
      const head = fitTitle(face, found.name.kk, { width: page.width - 150, lines: 1, largest: 30, smallest: 12 });
      page.title(face, head.lines[0] ?? '', 104, 22, { size: head.size, lines: 1, width: page.width, colour: SNOW });
      page.text(printable(`${at} · ${found.name.ru} · ${found.name.en}`), 104, 62, {
        size: 11,
        colour: SNOW,
        width: page.width - 140,
      });
      const number = String(bibs.get(request.id));
      page.title(face, number, 36, 118, { size: 190, lines: 1, width: page.width, colour: INK });
      const name = fitTitle(face, request.name || '·', { width: page.width - 72, lines: 1, largest: 34, smallest: 12 });
      page.title(face, name.lines[0] ?? '', 36, 330, { size: name.size, lines: 1, width: page.width, colour: INK });
      const line = [request.line, request.functionName.en].filter(Boolean).join(' · ');
      page.text(printable(line), 36, 378, { size: 13, colour: INK, width: page.width - 72 });
    }
    if (granted.length === 0) page.text(printable(found.name.en), 36, 36, { size: 14, colour: INK });
    return page.finish();
  }
}
