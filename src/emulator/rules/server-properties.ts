import type { Finding } from './finding.js';

/** Properties by which the service says what became of an event (G-4): from a sender they would be forgeries. */
const SERVER_PROPERTIES: ReadonlySet<string> = new Set([
  '$failure_reason',
  '$failure_description',
  '$identity_failure_reason',
  '$distinct_id_before_identity',
  '$preshuffle_distinct_id',
  '$is_reshuffled',
]);

/** Properties without those that only the service sets. */
export interface StrippedProperties {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Finding[];
}

/** Takes out what only the service sets; properties that hold nothing of it are passed on as they are. */
export function stripServerProperties(
  event: string,
  properties: Readonly<Record<string, unknown>>,
): StrippedProperties {
  const forged = Object.keys(properties).filter((name) => SERVER_PROPERTIES.has(name));
  if (forged.length === 0) {
    return { properties, warnings: [] };
  }
  return {
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => !SERVER_PROPERTIES.has(name)),
    ),
    warnings: forged.map((name) => ({
      code: 'reserved-property',
      message: `Event "${event}" carries "${name}", which only the service sets, so it was left out. Do not send it.`,
    })),
  };
}
