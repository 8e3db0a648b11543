import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { EntryQueueView, LookAtPlace, PutEntryQueue, QueueDraw, QueuePlace } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, routeUnknown, SETTINGS, valid } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { EntryGate, PASS_COOKIE } from './entry-gate.js';
import { queueUnknown } from './entry-queue.refusals.js';
import { EntryQueues } from './entry-queues.js';
import { type Looked, QueuePlaces } from './queue-places.js';

const TYPES: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
const FILE = /^entry-queue\.(html|css|js)$/;

/** The queue before an on-sale: its page needs nothing but this service, and asks again when even that is away. */
@Controller('api/entry-queues')
export class EntryQueueController {
  constructor(
    private readonly queues: EntryQueues,
    private readonly places: QueuePlaces,
    private readonly gate: EntryGate,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  @Get()
  @Access('public')
  @Answers('Queues that stand now, the next to open first', Type.Array(EntryQueueView))
  standing(@Res({ passthrough: true }) reply: FastifyReply): Promise<EntryQueueView[]> {
    void reply.header('Cache-Control', 'no-store');
    return this.queues.standing();
  }

  @Put(':id')
  @Access('admin')
  @Answers('The queue as it stands now', EntryQueueView)
  async put(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Body(valid(PutEntryQueue)) body: PutEntryQueue,
  ): Promise<EntryQueueView> {
    if (!isId(id)) throw queueUnknown();
    const view = await this.queues.put(id, caller.id, body);
    await this.gate.look();
    return view;
  }

  @Get(':id/draw')
  @Access('public')
  @Answers('The seed, its digest and the order that was drawn: anybody can draw again', QueueDraw)
  draw(@Param('id') id: string): Promise<QueueDraw> {
    if (!isId(id)) throw queueUnknown();
    return this.queues.drawOf(id);
  }

  @Post(':id/places')
  @HttpCode(200)
  @Access('visitor')
  @Answers('A place in the queue; joining twice is the same place', QueuePlace)
  async join(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueuePlace> {
    if (!isId(id)) throw queueUnknown();
    return this.answer(await this.places.join(id, caller, request.ip), reply);
  }

  @Post('places/look')
  @HttpCode(200)
  @Access('visitor')
  @Answers('How the place stands; used in another browser the place moves there', QueuePlace)
  async look(
    @CallerParam() caller: Caller,
    @Body(valid(LookAtPlace)) body: LookAtPlace,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueuePlace> {
    return this.answer(await this.places.lookAgain(body.token, caller), reply);
  }

  @Get('page/:file')
  @Access('public')
  @Answers('The page to wait on and what it needs; may be kept by caches and served without us')
  async page(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const type = FILE.test(file) ? TYPES[file.split('.')[1] ?? ''] : undefined;
    if (!type) throw routeUnknown();
    const content = await readFile(join(import.meta.dirname, 'page', file));
    void reply
      .header('Content-Type', `${type}; charset=utf-8`)
      .header('Cache-Control', 'public, max-age=60, stale-if-error=86400, stale-while-revalidate=600')
      .send(content);
  }

  private answer({ place, pass }: Looked, reply: FastifyReply): QueuePlace {
    void reply.header('Cache-Control', 'no-store');
    const secure = this.settings.PUBLIC_URL.startsWith('https:') ? '; Secure' : '';
    if (pass)
      void reply.header(
        'Set-Cookie',
        `${PASS_COOKIE}=${pass.value}; Path=/; Max-Age=${pass.seconds}; HttpOnly; SameSite=Lax${secure}`,
      );
    return place;
  }
}
