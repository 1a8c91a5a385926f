import type { FlushResult } from './delivery/flusher.js';
import type { DropCounts } from './console-reporter.js';
import type { GroupId } from './event/group-keys.js';
import type { Group, People } from './event/profile-updates.js';

/** Event names with the type of their properties; `undefined` for events without. */
export type EventMap = Record<string, object | undefined>;

/** Any map of event names, declared as a type or as an interface. */
export type EventsOf<Events> = { [Name in keyof Events]: object | undefined };

/** What may follow the name in `track`: nothing, or the properties that the map gives the event. */
export type PropertiesOf<
  Events extends EventsOf<Events>,
  Name extends keyof Events,
> = undefined extends Events[Name] ? [properties?: Events[Name]] : [properties: Events[Name]];

/** This page's ledger, in events and updates. */
export interface Stats {
  /** Accepted by `track` and the like, sent by the tracker itself, or taken over from a page that could not store it. */
  readonly tracked: number;
  /** Of those, safe in the database at some time. */
  readonly stored: number;
  /** Acknowledged by the service, to this tab or to another on its behalf. */
  readonly delivered: number;
  /** Neither acknowledged nor dropped. */
  readonly pending: number;
  /** Ended without being delivered, by reason; leftovers of earlier pages that this one gave up are counted too. */
  readonly dropped: Readonly<DropCounts>;
}

/** The object that a page talks to. No method throws or rejects. */
export interface Tracker<Events extends EventsOf<Events> = EventMap> {
  /** Tracks an event. What it is given is read at once and never changed. */
  track<Name extends keyof Events & string>(
    name: Name,
    ...properties: PropertiesOf<Events, Name>
  ): void;
  /**
   * This device belongs to this user from now on. A second user gets a new device id, as after `reset()`. Refused, with
   * a code, for what cannot be the id of a person; the identity is then unchanged.
   */
  identify(userId: string): void;
  /** Sign-out: a new device id and no user. What is queued keeps who it was. */
  reset(): void;
  /** Gives `original` (the current distinct id where left out) a second name. Original ID Merge only. */
  alias(alias: string, original?: string): void;
  /** Sends what is queued now, whatever the backoff says. Always resolves. */
  flush(): Promise<FlushResult>;
  /** This device, a UUID v4; `''` on a server. */
  readonly deviceId: string;
  /** The user given to `identify`, if any. */
  readonly userId: string | undefined;
  /** What the service counts the next event under. */
  readonly distinctId: string;
  /** Adds properties to every event to come, until `reset()`. */
  register(properties: object): void;
  /** The same for names that are not registered yet. */
  registerOnce(properties: object): void;
  unregister(name: string): void;
  /** The next event of that name carries `$duration`, the seconds since this call. */
  timeEvent(name: keyof Events & string): void;
  /** The profile of the user. */
  readonly people: People;
  /** The user is in these groups, and every event to come is counted for them. */
  setGroup(key: string, ids: GroupId | readonly GroupId[]): void;
  addGroup(key: string, id: GroupId): void;
  removeGroup(key: string, id: GroupId): void;
  /** The profile of a group. */
  group(key: string, id: GroupId): Group;
  /** This page's ledger. */
  stats(): Stats;
  /** Stops timers and listeners; what is queued stays for the next page. Later calls do nothing. */
  shutdown(): void;
}
