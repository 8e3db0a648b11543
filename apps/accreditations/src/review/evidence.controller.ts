import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EvidenceLink, EvidenceLinkQuery } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { evidenceUnknown } from '../evidence/evidence.refusals.js';
import { EvidenceLinks } from '../evidence/evidence-links.js';
import { ReadEvidence } from './read-evidence.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => evidenceUnknown() });

/** Papers leave the house only by links of one officer and one minute, and only as downloads. */
@Controller('review/evidence')
@Access('accreditation-officer')
export class EvidenceController {
  constructor(
    private readonly papers: ReadEvidence,
    private readonly links: EvidenceLinks,
  ) {}

  @Post(':id/links')
  @HttpCode(200)
  @Answers('A link to the paper for the officer who asks; it ends after a minute.', EvidenceLink)
  async link(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<EvidenceLink> {
    await this.papers.find(id, officer);
    const { until, signature } = this.links.make(id, officer.id);
    return {
      url: `/api/accreditations/review/evidence/${id}?until=${until}&signature=${signature}`,
      until: new Date(until).toISOString(),
    };
  }

  @Get(':id')
  @Answers('A paper by its link, always as a download.')
  async read(
    @Param('id', uuid) id: string,
    @Query(valid(EvidenceLinkQuery)) link: EvidenceLinkQuery,
    @CallerParam() officer: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.links.require(id, officer.id, link);
    const { paper, content } = await this.papers.execute(id, officer);
    await reply
      .header('Content-Type', paper.type)
      .header('Content-Length', String(paper.bytes))
      .header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(paper.fileName)}`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Cache-Control', 'private, no-store')
      .send(content);
  }
}
