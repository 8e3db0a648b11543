import { Body, Controller, Get, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboxFilter, InboxPage, ReadMarks, ReadUntil } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { InboxQueries } from './inbox.queries.js';
import { InboxStreams } from './inbox-streams.js';

/** Messages on the site: everybody reads his own alone. */
@Controller('inbox')
export class InboxController {
  constructor(
    private readonly inbox: InboxQueries,
    private readonly streams: InboxStreams,
  ) {}

  @Get()
  @Access('person')
  @Answers('The person’s messages, newest first, and how many are unread.', InboxPage)
  page(@Query(valid(InboxFilter)) filter: InboxFilter, @CallerParam() caller: Caller): Promise<InboxPage> {
    return this.inbox.page(caller.id, filter);
  }

  @Get('stream')
  @Access('person')
  @Answers('Messages as they come (text/event-stream); Last-Event-ID names the last one that the reader has.')
  async stream(
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = request.headers['last-event-id'];
    const number =
      typeof last === 'string' && /^\d{1,15}$/.test(last) ? Number(last) : await this.inbox.newest(caller.id);
    reply.hijack();
    this.streams.open(caller.id, number, reply.raw);
  }

  @Put('read')
  @Access('person')
  @Answers('Everything up to that number is read.', ReadMarks)
  async read(@Body(valid(ReadUntil)) { number }: ReadUntil, @CallerParam() caller: Caller): Promise<ReadMarks> {
    return { unread: await this.inbox.read(caller.id, number) };
  }
}
