/** A statement of an API description, and the statements inside it. */
export interface Fact {
  /** What is stated: a type with its limits, credentials, or that it is there at all. */
  readonly text: string;
  readonly parts: ReadonlyMap<string, Fact>;
}

/** A JSON Schema, as far as descriptions use it. */
type Schema = boolean | { readonly [keyword: string]: unknown };
type Node = Readonly<Record<string, unknown>>;

/** Everything that an OpenAPI description states, but for its prose: operations, schemas, forms of credentials. */
export function factsOf(api: object): Fact {
  const { paths = {}, components = {}, security } = api as Node;
  const { schemas = {}, securitySchemes = {}, parameters = {} } = components as Node;
  const operations = entriesOf(paths).flatMap(([path, methods]) =>
    entriesOf(methods).map(([method, operation]): [string, Fact] => [
      `${method} ${path}`,
      operationFact({ security, ...operation }, parameters as Node),
    ]),
  );
  return fact('', [
    ...operations,
    ...entriesOf(schemas).map(([name, schema]): [string, Fact] => [
      name,
      schemaFact(schema as Schema),
    ]),
    ...entriesOf(securitySchemes).map(([name, scheme]): [string, Fact] => [
      `credentials ${name}`,
      fact(schemeText(scheme), []),
    ]),
  ]);
}

/** One tree with what stands in any of several; where they state different things, the first counts. */
export function mergeFacts(trees: readonly Fact[]): Fact {
  const names = new Set(trees.flatMap(({ parts }) => [...parts.keys()]));
  return fact(
    trees[0]?.text ?? '',
    [...names].map((name) => [
      name,
      mergeFacts(trees.flatMap(({ parts }) => parts.get(name) ?? [])),
    ]),
  );
}

/** What is published but not served, or served differently: a line each. What is missing whole is one line. */
export function findUnserved(published: Fact, served: Fact, path = ''): readonly string[] {
  return [...published.parts].flatMap(([name, wanted]) => {
    const place = path === '' ? name : `${path} ${name}`;
    const found = served.parts.get(name);
    if (!found) {
      return [`${place}: ${wanted.text} is published, nothing is served`];
    }
    const differs = wanted.text !== found.text;
    return [
      ...(differs ? [`${place}: ${wanted.text} is published, ${found.text} is served`] : []),
      ...findUnserved(wanted, found, place),
    ];
  });
}

/** What is served but not published: a line each. What is missing whole is one line. */
export function findUnpublished(published: Fact, served: Fact, path = ''): readonly string[] {
  return [...served.parts].flatMap(([name, found]) => {
    const place = path === '' ? name : `${path} ${name}`;
    const wanted = published.parts.get(name);
    return wanted
      ? findUnpublished(wanted, found, place)
      : [`${place}: ${found.text} is served, nothing is published`];
  });
}

function operationFact(operation: Node, shared: Node): Fact {
  const { parameters = [], requestBody, responses = {}, security, deprecated } = operation;
  const listed = (parameters as readonly Node[]).map((one) => resolve(one, shared));
  const body = requestBody as Node | undefined;
  return fact(deprecated === true ? 'a deprecated operation' : 'an operation', [
    ...(security === undefined ? [] : [entry('credentials', credentialsText(security))]),
    ...listed.map(({ name, in: place, required, schema }) =>
      entry(
        place === 'path' ? `{${String(name)}}` : `?${String(name)}`,
        textOf(schema as Schema) + requiredText(required === true),
      ),
    ),
    ...contentFacts('body', body?.['content']),
    ...entriesOf(responses).map(([status, response]): [string, Fact] => [
      status,
      fact('an answer', contentFacts('of', response['content'])),
    ]),
  ]);
}

function contentFacts(prefix: string, content: unknown): [string, Fact][] {
  return entriesOf(content).map(([type, { schema }]) => [
    `${prefix} ${type}`,
    schemaFact(schema as Schema),
  ]);
}

function schemaFact(schema: Schema, suffix = ''): Fact {
  return fact(textOf(schema) + suffix, typeof schema === 'boolean' ? [] : partsOf(schema));
}

function partsOf({
  properties,
  items,
  required = [],
  ...rest
}: Exclude<Schema, boolean>): [string, Fact][] {
  const names = required as readonly string[];
  return [
    ...entriesOf(properties).map(([name, schema]): [string, Fact] => [
      `.${name}`,
      schemaFact(schema as unknown as Schema, requiredText(names.includes(name))),
    ]),
    ...(typeof items === 'object' && items !== null ? partsOf(items as Node) : []),
    ...branchesOf(rest).flatMap((branch) => (typeof branch === 'boolean' ? [] : partsOf(branch))),
  ];
}

/** A schema in one line, without what its properties say. */
function textOf(schema: Schema): string {
  if (typeof schema === 'boolean') {
    return schema ? 'anything' : 'never';
  }
  const branches = branchesOf(schema);
  if (branches.length > 0) {
    return [...new Set(branches.map(textOf))].toSorted().join(' or ');
  }
  const { $ref, type, items, properties: _, required: __, description: ___, ...limits } = schema;
  if (typeof $ref === 'string') {
    return $ref.slice($ref.lastIndexOf('/') + 1);
  }
  const name = Array.isArray(type)
    ? type.join(' or ')
    : ((type as string | undefined) ?? 'anything');
  const listed = items === undefined ? name : `${name} of ${textOf(items as Schema)}`;
  const limited = entriesOf(limits)
    .filter(([keyword, value]) => keyword !== 'additionalProperties' || (value as unknown) !== true)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([keyword, value]) => `${keyword} ${limitText(value)}`);
  return [listed, ...limited].join(' ');
}

/** JSON without its quotes, which would only be escaped where differences are listed. */
function limitText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\\?"/g, '').replaceAll('\\\\', '\\');
}

/** Whole schemas among which one holds; where they only tell what is required, that is a limit like others. */
function branchesOf({ anyOf, oneOf }: Exclude<Schema, boolean>): readonly Schema[] {
  const branches = (anyOf ?? oneOf ?? []) as readonly Schema[];
  const isLimit = branches.every(
    (branch) => typeof branch === 'object' && Object.keys(branch).join() === 'required',
  );
  return isLimit ? [] : branches;
}

function credentialsText(security: unknown): string {
  const names = (security as readonly Node[]).map((one) => Object.keys(one).join(' and '));
  return names.length === 0 ? 'none' : names.join(' or ');
}

function schemeText({ type, scheme, in: place, name }: Node): string {
  return [type, scheme, place, name].filter((word) => word !== undefined).join(' ');
}

function resolve(parameter: Node, shared: Node): Node {
  const reference = parameter['$ref'];
  return typeof reference === 'string'
    ? (shared[reference.slice(reference.lastIndexOf('/') + 1)] as Node)
    : parameter;
}

function requiredText(isRequired: boolean): string {
  return isRequired ? ', required' : '';
}

function entry(name: string, text: string): [string, Fact] {
  return [name, fact(text, [])];
}

function fact(text: string, parts: Iterable<readonly [string, Fact]>): Fact {
  return { text, parts: new Map(parts) };
}

function entriesOf(value: unknown): [string, Node][] {
  return Object.entries((value ?? {}) as Record<string, Node>);
}
