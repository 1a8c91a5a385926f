import { isFuture, readTimeMs, toSeconds } from './event-time.js';
import { hashAddress } from './ledger.js';
import type { Ledger } from './ledger.js';
import type { DropReason, Properties } from './emulator-state.js';
import { idText } from './identity/identity-system.js';
import { MAX_EVENT_AGE_MS } from '../wire.js';
import { cutProperties, cutText } from './text-limits.js';

/** An event that its endpoint found valid. */
export interface ValidEvent {
  readonly endpoint: string;
  readonly event: string;
  readonly properties: Properties;
  /** Address of the sender. */
  readonly address: string;
  /** Whether events older than five days vanish (T-14). */
  readonly hasAgeLimit: boolean;
}

/** Keeps an event, or drops it in silence where the service does. Answers whether it was kept. */
export function receiveEvent(ledger: Ledger, incoming: ValidEvent): boolean {
  const { clock, store } = ledger;
  const { properties: sent, cutNames } = cutProperties(incoming.properties);
  const event = cutText(incoming.event);
  const nowMs = clock.nowMs();
  const sentMs = readTimeMs(sent['time']);
  const seq = store.nextSeq();

  const drop = (reason: DropReason): false => {
    const distinctId = idText(sent['distinct_id']) ?? '';
    store.refuse({ endpoint: incoming.endpoint, event, sent, distinctId, reason }, seq);
    return false;
  };
  const warn = (code: string, message: string): void => ledger.warnings.add(code, message, seq);

  if (isIgnored(sent['$ignore'])) {
    warn(
      'ignored-by-property',
      `Event "${event}" carries $ignore and was dropped. Leave $ignore out to have it counted.`,
    );
    return drop('ignored-by-property');
  }
  if (incoming.hasAgeLimit && sentMs !== null && nowMs - sentMs > MAX_EVENT_AGE_MS) {
    warn(
      'too-old',
      `Event "${event}" is older than five days and was dropped. Send old events to /import, and check the clock of the sender.`,
    );
    return drop('too-old');
  }

  const admission = ledger.identity.admit({
    seq,
    event,
    properties: sent,
    endpoint: incoming.endpoint,
    addressHash: idText(sent['distinct_id']) === undefined ? hashAddress(incoming.address) : '',
  });
  for (const { code, message } of admission.warnings) {
    warn(code, message);
  }
  if (!admission.kept) {
    return drop(admission.reason);
  }

  for (const name of cutNames) {
    warn('text-cut', `Property "${name}" of event "${event}" was cut to 255 characters.`);
  }
  const keepsTime = sentMs !== null && !isFuture(sentMs, nowMs);
  const insertId = idText(sent['$insert_id']) || null;
  if (insertId === null) {
    warn(
      'insert-id-missing',
      `Event "${event}" has no $insert_id, so that a retry of it counts twice.`,
    );
  }
  store.keep({
    seq,
    endpoint: incoming.endpoint,
    event,
    sent,
    added: {
      ...admission.added,
      ...(!keepsTime && { time: toSeconds(nowMs) }),
      ...(insertId === null && { $insert_id: `generated-${seq}` }),
    },
    ingestDistinctId: admission.distinctId,
    timeMs: keepsTime ? sentMs : nowMs,
    insertId,
  });
  if (admission.joined) {
    ledger.hub.publish({ type: 'identity', ...admission.joined });
  }
  return true;
}

/** `true` and any text ignore an event, `false` and the empty text do not (T-30). */
function isIgnored(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value !== '');
}
