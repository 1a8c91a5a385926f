import { DEVICE_PREFIX } from '../../wire.js';
import type { Properties } from '../emulator-state.js';
import { hasCoordinates } from '../rules/event-geo.js';
import { readTimeMs } from '../rules/event-time.js';
import { idText } from '../rules/id-text.js';
import type { Finding } from '../rules/finding.js';
import type { Ledger } from '../store/ledger.js';
import type { SentParameters } from '../body/sent-parameters.js';
import { isPlaceholderId } from '../rules/placeholder-ids.js';
import { USER_OPERATIONS } from '../profiles/profile-update.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { cutText, isTooLong } from '../rules/text-limits.js';
import { findUnknownOperations } from './unknown-operations.js';
import { answerUpdates } from './update-batch.js';
import { cutUpdate, idCut, findMissing, findOperationProblem } from './update-record.js';

/** Properties of one profile (P-7). */
const MAX_PROFILE_COUNT = 2_000;

/** Takes in updates of people's profiles (section 3.1). */
export function answerEngage(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  return answerUpdates(ledger, request, {
    endpoint: '/engage',
    findProblem: (record) =>
      findMissing(record, ['$token', '$distinct_id']) ??
      findOperationProblem(record, USER_OPERATIONS),
    apply: (record, parameters) => applyProfile(ledger, record, parameters),
  });
}

function applyProfile(
  ledger: Ledger,
  record: Readonly<Record<string, unknown>>,
  parameters: SentParameters,
): string | undefined {
  const { profiles, warnings, hub } = ledger;
  const sentId = idText(record['$distinct_id']) ?? '';
  const distinctId = cutText(sentId);
  const { update, warnings: cuts } = cutUpdate(record, USER_OPERATIONS);
  const found = isTooLong(sentId) ? [idCut('$distinct_id', distinctId), ...cuts] : cuts;
  if (profiles.outgrows(distinctId, update, MAX_PROFILE_COUNT)) {
    return `$distinct_id, the profile would have more than ${MAX_PROFILE_COUNT} properties`;
  }
  for (const { code, message } of [...found, ...idWarnings(ledger, distinctId)]) {
    warnings.add(code, message, undefined, distinctId);
  }
  const ignored = [
    ...findUnknownOperations(record, USER_OPERATIONS),
    ...profiles.update(distinctId, update, {
      ...lastSeen(ledger, record),
      ...geoProperties(ledger, record, parameters),
    }),
  ];
  for (const part of ignored) {
    warnings.add('operation-ignored', `Profile "${distinctId}": ${part}.`, undefined, distinctId);
  }
  hub.publish({ type: 'profile', distinctId: ledger.identity.canonicalOf(distinctId) });
  return undefined;
}

function idWarnings({ project, identity }: Ledger, distinctId: string): readonly Finding[] {
  const found: Finding[] = [];
  if (isPlaceholderId(distinctId)) {
    found.push({
      code: 'placeholder-id',
      message: `A profile update went to the placeholder id "${distinctId}", which many people share. Send no update before the person is known.`,
    });
  }
  if (project.system === 'simplified' && distinctId.startsWith(DEVICE_PREFIX)) {
    const user = identity.canonicalOf(distinctId);
    const outcome =
      user === distinctId
        ? 'It will not reach the user when the device is linked. Hold profile updates until identify().'
        : `It was given to "${user}", whose device that is; what the service does is not documented. Send updates to the user id.`;
    found.push({
      code: 'device-profile-update',
      message: `A profile update went to "${distinctId}". ${outcome}`,
    });
  }
  return found;
}

/** Every update is a sign of life, unless it says otherwise (P-6). */
function lastSeen(ledger: Ledger, record: Readonly<Record<string, unknown>>): Properties {
  if (record['$ignore_time'] === true) {
    return {};
  }
  const timeMs = readTimeMs(record['$time']) ?? ledger.clock.nowMs();
  return { $last_seen: new Date(timeMs).toISOString().slice(0, 19) };
}

/** The project's location, where the service would have looked one up (P-5, G-2). */
function geoProperties(
  { project: { geo } }: Ledger,
  record: Readonly<Record<string, unknown>>,
  parameters: SentParameters,
): Properties {
  const sets = record['$set'] !== undefined || record['$set_once'] !== undefined;
  const isOff = parameters['ip'] === '0' || idText(record['$ip']) === '0';
  const hasPlace = hasCoordinates(record);
  if (geo === undefined || !sets || (isOff && !hasPlace)) {
    return {};
  }
  return {
    ...(hasPlace && { $geo_source: 'reverse_geocoding' }),
    ...(geo.country !== undefined && { $country_code: geo.country }),
    ...(geo.region !== undefined && { $region: geo.region }),
    ...(geo.city !== undefined && { $city: geo.city }),
  };
}
