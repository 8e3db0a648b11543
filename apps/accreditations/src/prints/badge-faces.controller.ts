import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { HolderFace } from '#libs/contracts';
import { Access, Answers, notFound } from '#libs/service-defaults';
import { BadgesQueries } from '../badges/badges.queries.js';
import { DrawBadges } from './draw-badges.js';

const badgeId = new ParseUUIDPipe({ exceptionFactory: () => notFound() });

/** Whom a gate compares with the person in front of it; tickets' door asks, for a link that lives a minute. */
@Controller('internal/badges')
export class BadgeFacesController {
  constructor(
    private readonly badges: BadgesQueries,
    private readonly draw: DrawBadges,
  ) {}

  @Get(':id/face')
  @Access('service')
  @Answers('The name on a badge and its photo, a JPEG in base64; no photo where none was handed in.', HolderFace)
  async face(@Param('id', badgeId) id: string): Promise<HolderFace> {
    const badge = await this.badges.one(id);
    const photo = await this.draw.portrait(badge.applicationId);
    return { name: badge.holder.name, photo: photo?.toString('base64') ?? null };
  }
}
