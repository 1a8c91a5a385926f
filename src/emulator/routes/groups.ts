import { idText } from '../rules/id-text.js';
import type { Ledger } from '../store/ledger.js';
import { GROUP_OPERATIONS } from '../profiles/profile-update.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { cutText, isTooLong } from '../rules/text-limits.js';
import { findUnknownOperations } from './unknown-operations.js';
import { answerUpdates } from './update-batch.js';
import { cutUpdate, idCut, findMissing, findOperationProblem } from './update-record.js';

/** Takes in updates of groups' profiles (section 3.2). */
export function answerGroups(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  return answerUpdates(ledger, request, {
    endpoint: '/groups',
    findProblem: (record) =>
      findMissing(record, ['$token', '$group_key', '$group_id']) ??
      (record['$distinct_id'] === undefined
        ? findOperationProblem(record, GROUP_OPERATIONS)
        : '$distinct_id, must not be sent with a group update'),
    apply: (record) => applyGroup(ledger, record),
  });
}

function applyGroup(ledger: Ledger, record: Readonly<Record<string, unknown>>): undefined {
  const ids = ['$group_key', '$group_id'].map((name) => idText(record[name]) ?? '');
  const [groupKey = '', groupId = ''] = ids.map(cutText);
  const { update, warnings } = cutUpdate(record, GROUP_OPERATIONS);
  const found = ids.some(isTooLong)
    ? [idCut('$group_key or $group_id', groupId), ...warnings]
    : warnings;
  for (const { code, message } of found) {
    ledger.warnings.add(code, message);
  }
  const ignored = [
    ...findUnknownOperations(record, GROUP_OPERATIONS),
    ...ledger.groups.update(groupKey, groupId, update),
  ];
  for (const part of ignored) {
    ledger.warnings.add('operation-ignored', `Group "${groupKey}" "${groupId}": ${part}.`);
  }
  ledger.hub.publish({ type: 'group', groupKey, groupId });
  return undefined;
}
