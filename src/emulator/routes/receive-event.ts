import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MAX_EVENT_AGE_MS, MERGE_EVENT } from '../../wire.js';
import type { DropReason, Properties } from '../emulator-state.js';
import { eventGeo } from '../rules/event-geo.js';
import { isFuture, readTimeMs, toSeconds } from '../rules/event-time.js';
import { readGroupValues } from '../rules/group-values.js';
import { idText } from '../rules/id-text.js';
import type { Admission } from '../identity/identity-system.js';
import type { Finding } from '../rules/finding.js';
import { inspectEvent } from '../rules/inspect-event.js';
import { hashAddress } from '../rules/hash-address.js';
import type { Ledger } from '../store/ledger.js';
import { stripServerProperties } from '../rules/server-properties.js';
import { cutProperties, cutText, isTooLong } from '../rules/text-limits.js';

/** An event that its endpoint found valid, of this project. */
export interface ValidEvent {
  readonly endpoint: string;
  readonly event: string;
  readonly properties: Properties;
  /** Address of the sender. */
  readonly address: string;
  /** Whether the address of the request may stand for the place of the event (`ip=1`, G-1). */
  readonly usesAddress: boolean;
}

interface NumberedEvent {
  readonly seq: number;
  readonly endpoint: string;
  readonly event: string;
  readonly sent: Properties;
}

/** The verbs need no `$insert_id` (I-12). */
const IDENTITY_EVENTS = new Set([IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT]);

/** Keeps an event, or drops it in silence where the service does. */
export function receiveEvent(ledger: Ledger, incoming: ValidEvent): void {
  const event = cutText(incoming.event);
  const stripped = stripServerProperties(event, incoming.properties);
  const { properties: sent, cutNames } = cutProperties(stripped.properties);
  const numbered = { seq: ledger.store.nextSeq(), endpoint: incoming.endpoint, event, sent };
  warn(ledger, numbered, [...stripped.warnings, ...inspectEvent(event, sent)]);
  if (isTooLong(incoming.event)) {
    const message = `The name of event "${event}" was cut to 255 characters. Shorten it, and send what differs as a property.`;
    warn(ledger, numbered, [{ code: 'text-cut', message }]);
  }
  for (const name of cutNames) {
    const message = `Property "${name}" of event "${event}" was cut to 255 characters. Shorten its name and its text, or spread the text over several properties.`;
    warn(ledger, numbered, [{ code: 'text-cut', message }]);
  }
  const refusal = findRefusal(numbered, ledger.clock.nowMs());
  if (refusal) {
    warn(ledger, numbered, [refusal]);
    drop(ledger, numbered, refusal.code);
    return;
  }
  const needsHash = idText(sent['distinct_id']) === undefined;
  const addressHash = needsHash ? hashAddress(incoming.address) : '';
  const admission = ledger.identity.admit({ ...numbered, properties: sent, addressHash });
  warn(ledger, numbered, admission.warnings);
  if (admission.kept) {
    if (admission.distinctId === addressHash) {
      warn(ledger, numbered, [needsHash ? idMissing(event) : idEmpty(event)]);
    }
    keep(ledger, numbered, admission, incoming.usesAddress);
  } else {
    drop(ledger, numbered, admission.reason);
  }
}

function keep(
  ledger: Ledger,
  { seq, endpoint, event, sent }: NumberedEvent,
  admission: Extract<Admission, { kept: true }>,
  usesAddress: boolean,
): void {
  const nowMs = ledger.clock.nowMs();
  const sentMs = readTimeMs(sent['time']);
  const keepsTime = sentMs !== undefined && !isFuture(sentMs, nowMs);
  const timeMs = keepsTime ? sentMs : nowMs;
  const { distinctId } = admission;
  const { counted: groups, ignoredCount } = readGroupValues(sent, ledger.groups.isKey);
  const isHot = ledger.hotShards.isHot({ distinctId, timeMs, groups });
  const insertId = idText(sent['$insert_id']) || undefined;
  if (insertId === undefined && !IDENTITY_EVENTS.has(event)) {
    const message = `Event "${event}" has no $insert_id, so that a retry of it counts twice. Send a UUID with it.`;
    ledger.warnings.add('insert-id-missing', message, seq);
  }
  if (sentMs !== undefined && !keepsTime) {
    const message = `Event "${event}" lies in the future, so the moment of arrival was taken. Check the clock of the sender.`;
    ledger.warnings.add('future-time', message, seq);
  }
  if (ignoredCount > 0) {
    const message = `Event "${event}" has ${ignoredCount} group values more than the service looks at. Send at most 300.`;
    ledger.warnings.add('group-values-ignored', message, seq);
  }
  if (isHot) {
    const message = `"${distinctId}" has more events that day than one shard takes, so this one was hidden as $hotshard_events. Do not send the events of many under one id.`;
    ledger.warnings.add('hot-shard', message, seq);
  }
  ledger.store.keep({
    seq,
    endpoint,
    event: isHot ? '$hotshard_events' : event,
    sent,
    added: addedProperties({
      ...admission.added,
      ...eventGeo(ledger.project.geo, sent, usesAddress),
      ...(!keepsTime && { time: toSeconds(nowMs) }),
      ...(insertId === undefined && { $insert_id: `generated-${seq}` }),
      ...(isHot && { mp_original_event_name: event, mp_original_distinct_id: distinctId }),
    }),
    ingestDistinctId: isHot ? '' : distinctId,
    timeMs,
    insertId,
  });
  if (admission.joined) {
    ledger.hub.publish({ type: 'identity', ...admission.joined });
  }
}

/** Most events get nothing added: an object for each of them would be memory for nothing. */
function addedProperties(added: Properties): Properties | undefined {
  return Object.keys(added).length > 0 ? added : undefined;
}

function findRefusal(
  { endpoint, event, sent }: NumberedEvent,
  nowMs: number,
): (Finding & { readonly code: DropReason }) | undefined {
  if (isIgnored(sent['$ignore'])) {
    return {
      code: 'ignored-by-property',
      message: `Event "${event}" carries $ignore and was dropped. Leave $ignore out to have it counted.`,
    };
  }
  const sentMs = readTimeMs(sent['time']);
  return endpoint === '/track' && sentMs !== undefined && nowMs - sentMs > MAX_EVENT_AGE_MS
    ? {
        code: 'too-old',
        message: `Event "${event}" is older than five days and was dropped. Send old events to /import, and check the clock of the sender.`,
      }
    : undefined;
}

/** `true` and any text ignore an event, `false` and the empty text do not (T-30). */
function isIgnored(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value !== '');
}

function drop(
  { store }: Ledger,
  { seq, endpoint, event, sent }: NumberedEvent,
  reason: DropReason,
): void {
  store.refuse({ endpoint, event, sent, distinctId: droppedId(sent), reason }, seq);
}

/** Under whom a dropped event is found: the id that it carried, nothing worked out from it. */
function droppedId(sent: Properties): string {
  const { distinct_id: distinctId, $user_id: userId, $device_id: deviceId } = sent;
  const device = idText(deviceId);
  return idText(distinctId) || idText(userId) || (device ? `$device:${device}` : '');
}

function warn({ warnings }: Ledger, { seq }: NumberedEvent, found: readonly Finding[]): void {
  for (const { code, message } of found) {
    warnings.add(code, message, seq);
  }
}

const idMissing = (event: string): Finding => ({
  code: 'distinct-id-missing',
  message: `Event "${event}" carries no id, so a hash of the sender's address stands in for one: everyone behind that address is one person. Send $device_id or distinct_id.`,
});

const idEmpty = (event: string): Finding => ({
  code: 'distinct-id-empty',
  message: `Event "${event}" has an empty distinct_id and belongs to nobody. Leave such events out, or send the id.`,
});
