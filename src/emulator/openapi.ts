import { packageVersion } from './package-paths.js';
import type { Project } from './project-config.js';
import { openMethods, SERVICE_ROUTES } from './routes/service-routes.js';
import type { ServiceRoute } from './routes/service-routes.js';

/** An OpenAPI document, as far as it is made here. */
export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly securitySchemes: object };
}

/** What is said of one method of one path. */
export interface OpenApiOperation {
  readonly summary: string;
  readonly parameters: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  readonly security: readonly object[];
}

const STATUS_TEXTS: Readonly<Record<string, string>> = {
  200: 'Taken in, or refused with the reason in the body',
  302: 'Redirected, where `redirect` asks for it',
  400: 'Cannot be read, or records are invalid',
  401: 'Not allowed',
  404: 'No such table',
  413: 'Too large',
};

/** Describes what is served in a project, from the same table that serves it. */
export function describeRoutes(project: Project): OpenApi {
  const open = SERVICE_ROUTES.filter(({ isOpen }) => isOpen?.(project) ?? true);
  return {
    openapi: '3.1.0',
    info: { title: 'Tracking API, as the waymark emulator serves it', version: packageVersion },
    paths: Object.fromEntries(
      open.map((route) => [
        route.path,
        Object.fromEntries(
          openMethods(route, project).map((method) => [
            method.toLowerCase(),
            describeMethod(route, method),
          ]),
        ),
      ]),
    ),
    components: {
      securitySchemes: {
        basicAuth: { type: 'http', scheme: 'basic' },
        bearerAuth: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function describeMethod({ path, description }: ServiceRoute, method: string): OpenApiOperation {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = description.query.map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const data = { name: 'data', in: 'query', required: true, schema: { type: 'string' } };
  const hasBody = method === 'POST' || method === 'PUT';
  const hasData = method === 'GET' && description.bodies.length > 0;
  return {
    summary: description.summary,
    parameters: [...inPath, ...inQuery, ...(hasData ? [data] : [])],
    ...(hasBody && {
      requestBody: { content: Object.fromEntries(description.bodies.map((type) => [type, {}])) },
    }),
    responses: Object.fromEntries(
      description.statuses.map((status) => [status, { description: STATUS_TEXTS[status] ?? '' }]),
    ),
    security: description.needsCredentials ? [{ basicAuth: [] }, { bearerAuth: [] }] : [],
  };
}
