import type { DropReason } from '../../emulator/emulator-state.js';
import type { Explanation } from './explanation.js';

const REASONS: Readonly<Record<DropReason, Explanation>> = {
  'invalid-record': {
    because: 'The record lacks something that it must have, or holds something that cannot be.',
    change: 'Read the warning of the record: it names the property.',
  },
  unauthorized: {
    because: 'The request did not prove that it may write to the project.',
    change: 'Send the credentials that this path asks for.',
  },
  'too-many-records': {
    because: 'The request held more records than the service takes at once.',
    change: 'Send at most 2,000 records a request.',
  },
  'unknown-token': {
    because: 'No project has this token. The service answers success all the same, and forgets it.',
    change: 'Send the project’s own token in properties.token.',
  },
  'wrong-region': {
    because:
      'The token belongs to a project in another region, whose data this host does not take.',
    change: 'Send to the host of the project’s region.',
  },
  'too-old': {
    because: '/track takes events of the last five days; older ones vanish without an error.',
    change: 'Send old events to /import.',
  },
  'ignored-by-property': {
    because: 'The event carries $ignore, which asks the service to drop it.',
    change: 'Leave $ignore out if the event is wanted.',
  },
  'identity-event-ignored': {
    because: 'Identity verbs do nothing in Simplified ID Merge.',
    change: 'Send one ordinary event with both $device_id and $user_id: that makes the link.',
  },
  'merge-not-on-track': {
    because: '$merge is honored on /import only.',
    change: 'Send $merge to /import.',
  },
};

/** Why a record was not kept, and what to change. */
export function explainDrop(reason: string): Explanation {
  return Object.hasOwn(REASONS, reason)
    ? REASONS[reason as DropReason]
    : { because: `The record was dropped (${reason}).`, change: 'See the warnings beside it.' };
}
