import { redactQuery } from '../access/redact-query.js';
import type { ReceivedRequest } from '../emulator-state.js';
import { ownText } from '../rules/own-text.js';
import type { Ledger } from './ledger.js';

/** Requests that are listed; older ones are forgotten. */
const MAX_REQUEST_COUNT = 10_000;
/** Characters of a path, a content type, a query parameter and its name that are listed: `data=` may be a whole batch. */
const MAX_LISTED_COUNT = 200;
/** Query parameters that are listed: the service reads ten. */
const MAX_PARAMETER_COUNT = 50;

/** A request in the list of those received, from its arrival to its end. */
export interface RequestNote {
  /** Size of the body as it travelled. */
  read(bytes: number): void;
  /** It is about to be taken in: that is its place in the list, whatever came or was reset while its body travelled. */
  take(): void;
  /** The answer is on its way, or with status 0 the connection is gone. */
  finish(status: number, records: number): void;
}

/** What is known of a request when it arrives. */
export type ArrivedRequest = Pick<ReceivedRequest, 'method' | 'path' | 'query' | 'contentType'>;

/**
 * Lists a request at once, so that one that hangs is seen; what is not known yet is filled in.
 *
 * @param present The ledger of the present project.
 */
export function noteRequest(present: () => Ledger, arrived: ArrivedRequest): RequestNote {
  let ledger = present();
  const entry: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] } = {
    method: arrived.method,
    path: listed(arrived.path),
    query: Object.fromEntries(
      Object.entries(redactQuery(arrived.query))
        .slice(0, MAX_PARAMETER_COUNT)
        .map(([name, value]) => [listed(name), listed(value)]),
    ),
    contentType: listed(arrived.contentType),
    status: 0,
    bytes: 0,
    records: 0,
  };
  list(ledger.requests, entry);
  return {
    take() {
      ledger.requests.delete(entry);
      ledger = present();
      list(ledger.requests, entry);
    },
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

/** What is listed of a text. */
function listed(text: string): string {
  return text.length <= MAX_LISTED_COUNT ? text : ownText(text.slice(0, MAX_LISTED_COUNT));
}

/** Puts a request at the end, and lets the oldest go where there are too many. */
function list(requests: Ledger['requests'], entry: ReceivedRequest): void {
  requests.add(entry);
  const [oldest] = requests;
  if (oldest && requests.size > MAX_REQUEST_COUNT) {
    requests.delete(oldest);
  }
}
