import { packageVersion } from '../package-paths.js';
import type { Project } from '../project-config.js';
import { openMethods, SERVICE_ROUTES } from './service-routes.js';
import { ANSWER_SCHEMAS, IDENTITY_ANSWER_SCHEMAS } from '../openapi/answer-schemas.js';
import { eventSchemas } from '../openapi/event-schemas.js';
import type { JsonSchema } from '../openapi/json-schema.js';
import { leniencyTexts } from '../openapi/leniencies.js';
import { SECURITY_SCHEMES } from '../openapi/operation.js';
import type { AnswerDescription, Operation } from '../openapi/operation.js';
import { UPDATE_SCHEMAS } from '../openapi/update-schemas.js';

/** An OpenAPI 3.1 document, as far as it is made here. */
export interface OpenApi {
  readonly openapi: string;
  readonly info: Readonly<Record<'title' | 'version' | 'description', string>>;
  readonly servers: readonly { readonly url: string }[];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** What is said of one method of one path. */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly deprecated: boolean;
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** What is taken beyond all that, by name. */
  readonly 'x-leniencies': Readonly<Record<string, string>>;
}

/** A parameter in the path or the query. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description?: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The answers with one status. */
export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** Describes what is served in a project, from the same table that serves it. */
export function describeRoutes(project: Project): OpenApi {
  const routes = SERVICE_ROUTES.filter(({ isOpen }) => isOpen?.(project) ?? true);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tracking API, as the waymark emulator serves it',
      version: packageVersion,
      description:
        'What the project that is set takes and answers. What is taken out of leniency stands beside it, as `x-leniencies`: do not depend on it. A fault may answer anything.',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(
      routes.map((route) => [
        route.path,
        Object.fromEntries(
          openMethods(route, project).flatMap((method) => {
            const served = route.methods[method];
            return served
              ? [[method.toLowerCase(), describeOperation(route.path, served.operation)]]
              : [];
          }),
        ),
      ]),
    ),
    components: {
      schemas: {
        ...eventSchemas(project),
        ...UPDATE_SCHEMAS,
        ...ANSWER_SCHEMAS,
        ...(project.seedIdentityEndpoints && IDENTITY_ANSWER_SCHEMAS),
      },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describeOperation(path: string, operation: Operation): OpenApiOperation {
  const { id, summary, bodies, answers, needs, isDeprecated = false } = operation;
  return {
    operationId: id,
    summary,
    deprecated: isDeprecated,
    parameters: [...pathParameters(path), ...queryParameters(operation)],
    ...(bodies && { requestBody: { required: true as const, content: contentOf(bodies) } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, describeAnswer(status, answer)]),
    ),
    security: needs.map((name) => ({ [name]: [] })),
    'x-leniencies': leniencyTexts(id),
  };
}

function pathParameters(path: string): readonly OpenApiParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Operation): readonly OpenApiParameter[] {
  return Object.entries(query).map(([name, { description, schema, required = false }]) => ({
    name,
    in: 'query',
    description,
    required,
    schema,
  }));
}

function describeAnswer(
  status: string,
  { description, content }: AnswerDescription,
): OpenApiResponse {
  return {
    description,
    ...(status === '302' && {
      headers: { location: { required: true, schema: { type: 'string', format: 'uri' } } },
    }),
    ...(Object.keys(content).length > 0 && { content: contentOf(content) }),
  };
}

function contentOf(schemas: Readonly<Record<string, JsonSchema>>): Content {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}
