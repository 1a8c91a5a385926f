import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApi, OpenApiOperation } from '../../../src/emulator/routes/describe-routes.js';
import { trimSlash } from '../../../src/emulator/body/trim-slash.js';

/** An answer, from wherever it came. */
export interface CheckedAnswer {
  readonly method: string;
  /** As it was asked for, without a query. */
  readonly path: string;
  readonly status: number;
  /** Empty when the answer has none. */
  readonly contentType: string;
  readonly text: string;
}

/** An API description that values can be held against. */
export interface ApiCheck {
  /**
   * What an answer has that its operation does not say; `null` when nothing, also where no operation is at this method
   * and path.
   */
  findAnswerProblem(answer: CheckedAnswer): string | null;
  /** Whether the description of an operation takes a value for its body. */
  takesBody(operation: string, contentType: string, value: unknown): boolean;
  /** The answers so far: `post /track 200 text/plain`, the type left out where there is no body. */
  readonly seen: ReadonlySet<string>;
  /** Every answer that the description knows, in the same form. */
  readonly described: readonly string[];
}

const ROOT = 'api';

/** Reads a description. */
export function checkApi(api: OpenApi): ApiCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(api, ROOT);
  const validate = (schemaPath: readonly string[], value: unknown): string | null => {
    const pointer = schemaPath.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
    const check = ajv.getSchema(`${ROOT}#/${pointer.map(encodeURIComponent).join('/')}`);
    if (!check) {
      throw new Error(`Nothing is described at ${schemaPath.join(' ')}.`);
    }
    return check(value) === true ? null : ajv.errorsText(check.errors);
  };
  const seen = new Set<string>();
  return {
    seen,
    described: operationsOf(api).flatMap(([name, one]) => answersOf(name, one)),
    takesBody(operation, contentType, value) {
      const [method = '', path = ''] = operation.split(' ');
      const place = ['paths', path, method, 'requestBody', 'content', contentType, 'schema'];
      return validate(place, value) === null;
    },
    findAnswerProblem({ method, path, status, contentType, text }) {
      const found = findOperation(api, method.toLowerCase(), trimSlash(path));
      if (!found) {
        return null;
      }
      const [name, { responses }] = found;
      const [route = ''] = name.split(' ').slice(1);
      const type = (contentType.split(';')[0] ?? '').trim();
      const response = responses[status];
      const answer = [name, status, ...(text === '' ? [] : [type])].join(' ');
      seen.add(answer);
      if (!response || (text === '') !== (response.content === undefined)) {
        return `${answer} is not described`;
      }
      if (text === '') {
        return null;
      }
      if (!response.content?.[type]) {
        return `${answer} is not described`;
      }
      const place = ['paths', route, method.toLowerCase(), 'responses', String(status), 'content'];
      const problem = validate([...place, type, 'schema'], readContent(type, text));
      return problem === null ? null : `${answer}: ${problem}: ${text.slice(0, 500)}`;
    },
  };
}

function readContent(type: string, text: string): unknown {
  return type === 'application/json' || type === 'text/plain' ? JSON.parse(text) : text;
}

function operationsOf({ paths }: OpenApi): readonly (readonly [string, OpenApiOperation])[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [`${method} ${path}`, one] as const),
  );
}

function answersOf(name: string, { responses }: OpenApiOperation): readonly string[] {
  return Object.entries(responses).flatMap(([status, { content }]) =>
    content
      ? Object.keys(content).map((type) => `${name} ${status} ${type}`)
      : [`${name} ${status}`],
  );
}

function findOperation(
  api: OpenApi,
  method: string,
  path: string,
): readonly [string, OpenApiOperation] | undefined {
  const route = path.replace(/^\/lookup-tables\/[^/]+$/, '/lookup-tables/{lookupTableId}');
  return operationsOf(api).find(([name]) => name === `${method} ${route}`);
}
