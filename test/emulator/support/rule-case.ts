import type { CaseExpectation, CaseStep } from './case-file.js';

/** What one rule promises: what is sent, and what the receiving side must make of it. */
export interface RuleCase {
  /** Begins with the id of its rule. */
  readonly title: string;
  readonly input: readonly CaseStep[];
  readonly expect: CaseExpectation;
  /** Settings of the project beside its token, system and clock. */
  readonly project?: Record<string, unknown>;
}

/** An `$identity_failure_reason` as Simplified gives it. */
export const DEVICE_TAKEN = {
  property: '$identity_failure_reason',
  value: 'errAnonDistinctIdAssignedAlready',
};

/** A `$failure_reason` as Original gives it, with its description. */
export function failed(
  value: string,
  description?: string,
): { property: string; value: string; description?: string } {
  return {
    property: '$failure_reason',
    value,
    ...(description !== undefined && { description }),
  };
}
