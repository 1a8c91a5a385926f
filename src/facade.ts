import type { DropCounts } from './console-reporter.js';
import type { FlushResult } from './delivery/flusher.js';
import type { Report } from './errors.js';
import type { GroupId } from './event/group-keys.js';
import type { Group, People } from './event/profile-updates.js';
import type { Guard } from './guard.js';
import type { IdentityRecord } from './identity/identity-record.js';
import type { EventsOf, Stats, Tracker } from './tracker-api.js';

/** What stands behind a tracker's methods: the rooms of the client, wired to each other. */
export interface Works {
  /** The methods of the tracker that answer nothing, but `shutdown`. */
  readonly calls: Pick<Tracker, (typeof CALLS)[number]>;
  readonly people: People;
  group(key: string, id: GroupId): Group;
  flush(): Promise<FlushResult>;
  identity(): IdentityRecord;
  counts(): Omit<Stats, 'dropped'>;
  /** Stops timers and listeners. */
  close(): void;
}

const CALLS = [
  'track',
  'identify',
  'reset',
  'alias',
  'register',
  'registerOnce',
  'unregister',
  'timeEvent',
  'setGroup',
  'addGroup',
  'removeGroup',
] as const;
const PROFILE_CALLS = ['set', 'setOnce', 'union', 'remove', 'unset'] as const;

type AnyCalls = Readonly<Record<string, (...args: never[]) => void>>;

/**
 * The tracker that a page is given: it never throws, and does nothing after `shutdown()`.
 *
 * @param works Called for the works by whichever method is called.
 */
export function createFacade<Events extends EventsOf<Events>>(
  works: () => Works,
  guard: Guard,
  report: Report,
  dropped: Readonly<DropCounts>,
): Tracker<Events> {
  let isShutDown = false;
  const methods = <T extends object>(names: readonly string[], target: () => T): T => {
    const guarded: Record<string, unknown> = {};
    for (const name of names)
      guarded[name] = guard((...args: never[]) => {
        if (isShutDown) report('shut-down', name);
        else (target() as AnyCalls)[name]?.(...args);
      });
    return guarded as T;
  };
  const read = guard(() => works().identity());
  return Object.assign(
    {
      get deviceId() {
        return read()?.deviceId ?? '';
      },
      get userId() {
        return read()?.userId;
      },
      get distinctId() {
        const record = read();
        return record?.userId ?? record?.anonymousId ?? '';
      },
      flush: () => works().flush(),
      stats: () => ({ ...works().counts(), dropped: { ...dropped } }),
      people: methods(
        [...PROFILE_CALLS, 'increment', 'append', 'deleteUser'],
        () => works().people,
      ),
      group: (key: string, id: GroupId) =>
        methods([...PROFILE_CALLS, 'delete'], () => works().group(key, id)),
      shutdown: guard(() => {
        works().close();
        isShutDown = true;
      }),
    },
    methods(CALLS, () => works().calls),
  ) as Tracker<Events>;
}
