import type { IdentitySystemName } from '../../emulator/emulator-state.js';

/** Why something happened, and what to change. */
export interface Explanation {
  readonly because: string;
  readonly change: string;
}

const SIMPLIFIED_REFUSAL: Explanation = {
  because:
    'The device already belongs to another user. A device is linked once; the event counts for the new user, and the device stays with the first.',
  change: 'Call reset() when a person signs out, so that the next one starts with a new device id.',
};

const ORIGINAL_REFUSALS: Readonly<Record<string, Explanation>> = {
  errSameIDs: {
    because: 'Both ids of the request are the same, so there is nothing to join.',
    change: 'Send the anonymous id as $anon_id and the user id as $identified_id.',
  },
  errAnonDistinctIdNonGUIDForm: {
    because: 'The anonymous id does not look like a GUID, so it is not taken for a device.',
    change: 'Use a random UUID v4 as the anonymous id.',
  },
  errAnonDistinctIdAssignedAlready: {
    because:
      'The anonymous id is already joined with an identified user, and two users are never joined by $identify.',
    change:
      'Call reset() when a person signs out, and identify() only with an id that is not yet current.',
  },
  errManyIDs: {
    because: 'The person would have more ids than the service holds together.',
    change: 'Call reset() only when a different person is expected: each reset() costs one id.',
  },
  errAliasAlreadyExists: {
    because: 'The alias already stands for another id, and an alias stands for one only.',
    change: 'Create each alias once, at sign-up.',
  },
};

/** Why a merge was refused, by its code (ID-8; section 6.2 and ID-50), with what to change. */
export function explainRefusal(code: string, system: IdentitySystemName): Explanation {
  if (system === 'simplified') return SIMPLIFIED_REFUSAL;
  return (
    ORIGINAL_REFUSALS[code] ?? {
      because: `The service refused to join the two ids (${code}).`,
      change: 'Read $failure_description on the event.',
    }
  );
}
