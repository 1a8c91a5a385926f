import type { ReceivedRequest } from '../emulator-state.js';
import type { Ledger } from './ledger.js';

/** Requests that are listed; older ones are forgotten. */
const MAX_REQUEST_COUNT = 10_000;
/** Characters of a query parameter that are listed: `data=` may be a whole batch. */
const MAX_QUERY_COUNT = 200;

/** A request in the list of those received, from its arrival to its end. */
export interface RequestNote {
  /** Size of the body as it travelled. */
  read(bytes: number): void;
  /** The answer is on its way, or with status 0 the connection is gone. */
  finish(status: number, records: number): void;
}

/** What is known of a request when it arrives. */
export type ArrivedRequest = Pick<ReceivedRequest, 'method' | 'path' | 'query' | 'contentType'>;

/** Lists a request at once, so that one that hangs is seen; what is not known yet is filled in. */
export function noteRequest(ledger: Ledger, arrived: ArrivedRequest): RequestNote {
  const entry: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] } = {
    ...arrived,
    query: Object.fromEntries(
      Object.entries(arrived.query).map(([name, value]) => [name, value.slice(0, MAX_QUERY_COUNT)]),
    ),
    status: 0,
    bytes: 0,
    records: 0,
  };
  ledger.requests.push(entry);
  if (ledger.requests.length > MAX_REQUEST_COUNT) {
    ledger.requests.shift();
  }
  return {
    read(bytes) {
      entry.bytes = bytes;
    },
    finish(status, records) {
      entry.status = status;
      entry.records = records;
      ledger.hub.publish({ type: 'request', request: { ...entry } });
    },
  };
}
