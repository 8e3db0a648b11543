import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access, Answers, routeUnknown } from '#libs/service-defaults';
import { ApiDocument } from './api-document.js';

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript' };

/** The API of the whole house, for programs and for people. */
@Controller('api')
@Access('public')
export class ApiDocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Header('Cache-Control', 'no-cache')
  @Answers('This document: OpenAPI 3.1 of all services.')
  json(): Promise<Record<string, unknown>> {
    return this.document.whole();
  }

  @Get('docs')
  @Answers('A page to read it.')
  page(@Res() reply: FastifyReply): Promise<void> {
    return send(reply, 'api-docs.html', 'text/html');
  }

  @Get('docs/:file')
  @Answers('What the page needs.')
  file(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const type = /^api-docs\.(css|js)$/.test(file) ? TYPES[file.split('.')[1] ?? ''] : undefined;
    if (!type) throw routeUnknown();
    return send(reply, file, type);
  }
}

async function send(reply: FastifyReply, file: string, type: string): Promise<void> {
  const content = await readFile(join(import.meta.dirname, 'page', file));
  void reply.header('Content-Type', `${type}; charset=utf-8`).header('Cache-Control', 'no-cache').send(content);
}
