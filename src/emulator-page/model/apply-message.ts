import type { StreamMessage } from '../../emulator/stream/stream-message.js';
import {
  addRequest,
  addWarning,
  droppedRow,
  joinIds,
  keptRow,
  putRow,
  rekeyRows,
  removeWarning,
  rowOfSeq,
  type Model,
} from './model.js';

/** What the messages leave to be asked for. */
export interface Wanted {
  /** The state, from the start: everything was emptied, or a new connection begins. */
  readonly state: boolean;
  /** Profiles and groups. */
  readonly profiles: boolean;
}

function applyOne(model: Model, message: StreamMessage, nowMs: number): void {
  switch (message.type) {
    case 'event':
      return putRow(model, keptRow(message.event, nowMs));
    case 'dropped':
      return putRow(model, droppedRow(message.dropped, nowMs));
    case 'superseded': {
      const row = rowOfSeq(model, message.seq);
      if (row) putRow(model, { ...row, duplicateOf: message.by });
      return;
    }
    case 'identity':
      return joinIds(model, { ids: message.ids, canonical: message.canonical });
    case 'warning':
      return addWarning(model, message.warning);
    case 'settled':
      return removeWarning(model, message.warning);
    case 'request':
      return addRequest(model, message.request);
    case 'clock':
      model.clockLeadSeconds = message.now - nowMs / 1_000;
      return;
    // The rest says only that something is to be asked for.
    default:
      return;
  }
}

/** Brings the model up to date with a run of messages of the stream, and says what they leave to be asked for. */
export function applyMessages(
  model: Model,
  messages: readonly StreamMessage[],
  nowMs: number,
): Wanted {
  for (const message of messages) applyOne(model, message, nowMs);
  const has = (...types: StreamMessage['type'][]) =>
    messages.some((message) => types.includes(message.type));
  if (has('identity')) rekeyRows(model);
  return { state: has('hello', 'reset'), profiles: has('profile', 'group', 'identity') };
}

/** The messages that a state fetched meanwhile does not hold yet: those without a `seq` are told apart by their text. */
export function unseenMessages(
  model: Pick<Model, 'warnings' | 'requests'>,
  messages: readonly StreamMessage[],
): StreamMessage[] {
  const seen = new Map<string, number>();
  for (const entry of [...model.warnings, ...model.requests.slice(-messages.length)]) {
    const key = JSON.stringify(entry);
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return messages.filter((message) => {
    if (message.type !== 'warning' && message.type !== 'request') return true;
    const key = JSON.stringify(message.type === 'warning' ? message.warning : message.request);
    const times = seen.get(key) ?? 0;
    seen.set(key, times - 1);
    return times <= 0;
  });
}
