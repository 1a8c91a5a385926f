import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { ENGAGE_PATH, GROUPS_PATH } from '../wire.js';
import type { KeptStore } from './kept.js';
import { plainProperties } from './plain-properties.js';
import { makeRecord } from './record.js';

/** Changes one profile property, or several given as an object. */
export type Change = (nameOrProperties: string | object, value?: unknown) => void;

/** Changes of one group's profile (P-20). */
export interface Group {
  set: Change;
  /** Only properties that the profile has not. */
  setOnce: Change;
  /** Adds values to lists, each once. */
  union: Change;
  /** Removes a value from lists. */
  remove: Change;
  unset(names: string | readonly string[]): void;
  /** Deletes the profile. */
  delete(): void;
}

/**
 * Changes of the user's profile (P-3). What is called while anonymous is kept and sent at `identify()`, under the user
 * id; `reset()` discards it (ID-16).
 */
export interface People extends Omit<Group, 'delete'> {
  /** Adds to numbers; 1 where nothing is said. */
  increment(nameOrProperties: string | object, by?: number): void;
  /** Adds a value to lists. */
  append: Change;
  /** Deletes the profile; events stay. */
  deleteUser(): void;
}

/** What profile updates need from outside. */
export interface ProfilePorts {
  readonly token: string;
  readonly add: (record: QueuedRecord | undefined) => void;
  readonly userId: () => string | undefined;
  readonly kept: KeptStore;
  readonly newInsertId: () => string;
  readonly report: Report;
}

/** The profiles of users and groups. */
export interface Profiles {
  readonly people: People;
  group(key: string, id: unknown): Group;
  /** Sends what was held while anonymous, under the user there is now. */
  release(): void;
}

type Update = (operation: string, argument: unknown, insertId: string) => void;

/** Updates of somebody who is still anonymous; the oldest go first. */
const MAX_HELD_COUNT = 1_000;

/** Profile updates, through the same queue as events. */
export function createProfiles(ports: ProfilePorts): Profiles {
  const { token, add, userId, kept, newInsertId, report } = ports;

  const send =
    (path: typeof ENGAGE_PATH | typeof GROUPS_PATH, target: object): Update =>
    (operation, argument, insertId) => {
      const payload = { $token: token, ...target, [operation]: argument };
      // Adding twice counts twice; everything else may be said again.
      const isOnce = operation === '$add' || operation === '$append';
      add(makeRecord(report, path, operation, insertId, payload, isOnce));
    };

  /** Sends what was held. How to send to the user there is now, or `undefined` while anonymous. */
  const release = (): Update | undefined => {
    const $distinct_id = userId();
    if ($distinct_id === undefined) return undefined;
    const sendUser = send(ENGAGE_PATH, { $distinct_id });
    const { held } = kept.read();
    if (held.length) kept.change({ held: [] });
    for (const [operation, json, insertId] of held) sendUser(operation, JSON.parse(json), insertId);
    return sendUser;
  };

  const updateUser: Update = (operation, argument, insertId) => {
    const sendUser = release();
    if (sendUser) return sendUser(operation, argument, insertId);
    const update = [operation, JSON.stringify(argument), insertId] as const;
    // There is no profile yet: what was to become of it is all there is to delete.
    const held = operation === '$delete' ? [] : [...kept.read().held, update];
    kept.change({ held: held.slice(-MAX_HELD_COUNT) });
    if (held.length > MAX_HELD_COUNT) report('queue-full', operation, 1);
  };

  /** Everything that can be done to a profile; which of it a page may do to whose, the types above say. */
  const changesOf = (update: Update) => {
    // The insert id is given now, so that two tabs which send a held update at once send one and the same.
    const say = (operation: string, argument: unknown): void =>
      update(operation, argument, newInsertId());
    const change =
      (operation: string, fallback?: number): Change =>
      (given, value: unknown = fallback) => {
        const properties = plainProperties(
          typeof given === 'object' ? given : { [given]: value },
          report,
        );
        const names = Object.keys(properties);
        if (operation === '$union')
          for (const name of names) properties[name] = [properties[name]].flat();
        if (names.length) say(operation, properties);
      };
    const remove = () => say('$delete', '');
    return {
      set: change('$set'),
      setOnce: change('$set_once'),
      increment: change('$add', 1),
      append: change('$append'),
      union: change('$union'),
      remove: change('$remove'),
      unset: (names: string | readonly string[] = []) => say('$unset', [names].flat()),
      delete: remove,
      deleteUser: remove,
    };
  };

  return {
    people: changesOf(updateUser),
    group: (key, id) => changesOf(send(GROUPS_PATH, { $group_key: key, $group_id: id })),
    release,
  };
}
