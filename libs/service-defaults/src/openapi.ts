import type { RouteDescription } from './routes.js';

type Json = Record<string, unknown>;

const PROBLEM = { $ref: '#/components/responses/Problem' };

function operation(route: RouteDescription): Json {
  const parameters: Json[] = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.query as { properties?: Record<string, Json>; required?: string[] } | undefined;
  for (const [name, schema] of Object.entries(query?.properties ?? {}))
    parameters.push({ name, in: 'query', required: query?.required?.includes(name) ?? false, schema });
  return {
    operationId: `${route.controller.replace(/Controller$/, '')}.${route.handler}`,
    summary: route.answers?.says ?? route.handler,
    tags: [route.controller.replace(/Controller$/, '')],
    'x-access': route.access,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
    }),
    responses: {
      [route.method === 'POST' ? '201' : '200']: {
        description: route.answers?.says ?? 'Done',
        ...(route.answers?.schema && { content: { 'application/json': { schema: route.answers.schema } } }),
      },
      default: PROBLEM,
    },
  };
}

/** OpenAPI 3.1 of one service, made from what its routes declare. Internal routes are left out. */
export function openApiDocument(service: string, routes: RouteDescription[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    if (/^\/(internal|livez|readyz|health|metrics|openapi)/.test(route.path)) continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: `Seans ${service}`, version: '1' },
    paths,
    components: {
      responses: {
        Problem: {
          description: 'RFC 9457 problem',
          content: {
            'application/problem+json': {
              schema: {
                type: 'object',
                required: ['type', 'title', 'status', 'code'],
                properties: {
                  type: { type: 'string' },
                  title: { type: 'string' },
                  status: { type: 'integer' },
                  code: { type: 'string' },
                  errors: { type: 'array', items: { type: 'object' } },
                  facts: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  };
}
