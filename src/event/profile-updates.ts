import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { ENGAGE_PATH, GROUPS_PATH } from '../wire.js';
import type { KeptStore } from './kept.js';
import type { MakeRecord } from './record.js';
import { joinProperties, serializeProperties } from './serialize.js';

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
  readonly makeRecord: MakeRecord;
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

type Update = (operation: string, argument: string, insertId?: string) => void;

/** Updates of somebody who is still anonymous; the oldest go first. */
const MAX_HELD_COUNT = 1_000;

/** The JSON of a list: of one value, where it is not one yet. */
const asList = (json = ''): string => (json.startsWith('[') ? json : `[${json}]`);

/** Profile updates, through the same queue as events. */
export function createProfiles(ports: ProfilePorts): Profiles {
  const { token, makeRecord, add, userId, kept, newInsertId, report } = ports;

  const send =
    (path: typeof ENGAGE_PATH | typeof GROUPS_PATH, target: object): Update =>
    (operation, argument, insertId) => {
      const head = JSON.stringify({ $token: token, ...target }).slice(0, -1);
      // Adding twice counts twice; everything else may be said again.
      const isOnce = operation === '$add' || operation === '$append';
      const payload = `${head},"${operation}":${argument}}`;
      add(makeRecord(path, operation, () => payload, isOnce, insertId));
    };

  const release = (): void => {
    const { held } = kept.read();
    const $distinct_id = userId();
    if ($distinct_id === undefined || !held.length) return;
    kept.change({ held: [] });
    for (const update of held) send(ENGAGE_PATH, { $distinct_id })(...update);
  };

  const sendUser: Update = (operation, argument) => {
    release();
    const $distinct_id = userId();
    if ($distinct_id !== undefined) send(ENGAGE_PATH, { $distinct_id })(operation, argument);
    // There is no profile yet: what was to become of it is all there is to delete.
    else if (operation === '$delete') kept.change({ held: [] });
    else {
      // Its id is given now, so that two tabs which send it at once send one and the same.
      const held = [...kept.read().held, [operation, argument, newInsertId()] as const];
      kept.change({ held: held.slice(-MAX_HELD_COUNT) });
      if (held.length > MAX_HELD_COUNT) report('queue-full', operation, 1);
    }
  };

  /** Everything that can be done to a profile; which of it a page may do to whose, the types above say. */
  const changesOf = (update: Update) => {
    const change =
      (operation: string, asArgument = (json = ''): string => json): Change =>
      (given, value) => {
        const properties = typeof given === 'object' ? given : { [given]: value };
        const json = serializeProperties(properties, report);
        for (const name in json) json[name] = asArgument(json[name]);
        const argument = joinProperties(json);
        if (argument !== '{}') update(operation, argument);
      };
    const increment = change('$add');
    const remove = () => update('$delete', '""');
    return {
      set: change('$set'),
      setOnce: change('$set_once'),
      increment: (given: string | object, by = 1) => increment(given, by),
      append: change('$append'),
      union: change('$union', asList),
      remove: change('$remove'),
      unset: (names: string | readonly string[]) => update('$unset', asList(JSON.stringify(names))),
      delete: remove,
      deleteUser: remove,
    };
  };

  return {
    people: changesOf(sendUser),
    group: (key, id) => changesOf(send(GROUPS_PATH, { $group_key: key, $group_id: id })),
    release,
  };
}
