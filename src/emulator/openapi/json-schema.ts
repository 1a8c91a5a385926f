/** A JSON Schema of the 2020-12 dialect, which is that of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A string that holds something. */
export const TEXT: JsonSchema = { type: 'string', minLength: 1 };

/** A number of things. */
export const COUNT: JsonSchema = { type: 'integer', minimum: 0 };

/** A schema of the document's components, by its name. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object that may hold more than what is named. */
export function open(
  properties: Readonly<Record<string, JsonSchema | false>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

/** An object that holds what is named, and nothing else. */
export function closed(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema {
  return { ...open(properties, required), additionalProperties: false };
}

/** One of several schemas; of one, that one. */
export function anyOf(...schemas: readonly JsonSchema[]): JsonSchema {
  const [only] = schemas;
  return only && schemas.length === 1 ? only : { anyOf: schemas };
}
