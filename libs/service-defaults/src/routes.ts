import type { INestApplication, Type } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { TSchema } from 'typebox';
import { ACCESS, type AccessRule } from './access.js';
import { ANSWERS, type AnswerDescription } from './answers.js';
import { SchemaPipe } from './valid.js';

/** One route as its decorators describe it; feeds the boot check, the access matrix and the OpenAPI document. */
export interface RouteDescription {
  controller: string;
  handler: string;
  method: string;
  /** With Fastify's parameters: `/orders/:id`. */
  path: string;
  access: AccessRule[] | undefined;
  body?: TSchema;
  query?: TSchema;
  answers?: AnswerDescription;
}

interface RouteArgument {
  index: number;
  pipes: unknown[];
}

const BODY = 3;
const QUERY = 4;

function schemaOf(args: Record<string, RouteArgument>, kind: number): TSchema | undefined {
  for (const [key, argument] of Object.entries(args)) {
    if (Number(key.split(':')[0]) !== kind) continue;
    for (const pipe of argument.pipes ?? []) if (pipe instanceof SchemaPipe) return pipe.schema;
  }
  return undefined;
}

function paths(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value ?? '']).map((path) => `/${path}`.replace(/\/+/g, '/'));
}

function describe(controller: Type): RouteDescription[] {
  const routes: RouteDescription[] = [];
  const prototype = controller.prototype as Record<string, unknown>;
  for (const handler of Object.getOwnPropertyNames(prototype)) {
    const method = prototype[handler];
    if (typeof method !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, method)) continue;
    const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<string, RouteArgument>;
    for (const base of paths(Reflect.getMetadata(PATH_METADATA, controller)))
      for (const path of paths(Reflect.getMetadata(PATH_METADATA, method)))
        routes.push({
          controller: controller.name,
          handler,
          method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as number] ?? 'GET',
          path: `${base}${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
          access: (Reflect.getMetadata(ACCESS, method) ?? Reflect.getMetadata(ACCESS, controller)) as
            | AccessRule[]
            | undefined,
          body: schemaOf(args, BODY),
          query: schemaOf(args, QUERY),
          answers: Reflect.getMetadata(ANSWERS, method) as AnswerDescription | undefined,
        });
  }
  return routes;
}

export function describeRoutes(app: INestApplication): RouteDescription[] {
  const controllers = new Set<Type>();
  for (const module of app.get(ModulesContainer).values())
    for (const wrapper of module.controllers.values()) if (wrapper.metatype) controllers.add(wrapper.metatype as Type);
  return [...controllers].flatMap(describe).sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

/** @throws when a route says nothing about who may use it */
export function requireAccessRules(routes: RouteDescription[]): void {
  const silent = routes.filter((route) => !route.access?.length);
  if (silent.length > 0)
    throw new Error(`routes without @Access: ${silent.map((r) => `${r.method} ${r.path}`).join(', ')}`);
}
