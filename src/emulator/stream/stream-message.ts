import type {
  DroppedRecord,
  IdentitySystemName,
  ReceivedRequest,
  StoredEvent,
  Warning,
} from '../emulator-state.js';

/**
 * One message of `GET /_emulator/stream`. It travels as a server-sent event without a name, `data: <this as JSON>`, and
 * reaches the listeners of `subscribe()` as it is.
 *
 * - `hello`: the first message of a connection. Ask for the state after it, and nothing falls between the two.
 * - `event`: an event was kept.
 * - `superseded`: the event `seq` was replaced by the newer `by` (deduplication).
 * - `identity`: two ids were joined, and with them everyone whom each stood for: the `distinctId` of their earlier events
 *   may have changed.
 * - `dropped`: a record was not kept.
 * - `profile`, `group`, `lookupTable`: a profile or table changed, or is gone.
 * - `warning`: something that the service would have swallowed.
 * - `settled`: a warning no longer holds, and is gone from the state: the link that it missed was made.
 * - `request`: a request was answered, cut, or left hanging.
 * - `clock`: the clock was set, in seconds.
 * - `reset`: everything was emptied and the project set anew.
 */
export type StreamMessage =
  | {
      readonly type: 'hello';
      readonly name: string;
      readonly version: string;
      readonly system: IdentitySystemName;
    }
  | { readonly type: 'event'; readonly event: StoredEvent }
  | { readonly type: 'superseded'; readonly seq: number; readonly by: number }
  | { readonly type: 'identity'; readonly ids: readonly string[]; readonly canonical: string }
  | { readonly type: 'dropped'; readonly dropped: DroppedRecord }
  | { readonly type: 'profile'; readonly distinctId: string }
  | { readonly type: 'group'; readonly groupKey: string; readonly groupId: string }
  | { readonly type: 'lookupTable'; readonly id: string }
  | { readonly type: 'warning'; readonly warning: Warning }
  | { readonly type: 'settled'; readonly warning: Warning }
  | { readonly type: 'request'; readonly request: ReceivedRequest }
  | { readonly type: 'clock'; readonly now: number }
  | { readonly type: 'reset'; readonly system: IdentitySystemName };

/** Hears every message as it happens. */
export type StreamListener = (message: StreamMessage) => void;
