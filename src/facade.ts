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
  readonly calls: Omit<Tracker, Answering | 'shutdown'>;
  readonly people: People;
  group(key: string, id: GroupId): Group;
  flush(): Promise<FlushResult>;
  identity(): IdentityRecord;
  counts(): Omit<Stats, 'dropped'>;
  /** Stops timers and listeners. */
  close(): void;
}

type Answering = 'deviceId' | 'userId' | 'distinctId' | 'people' | 'group' | 'flush' | 'stats';

const CALLS =
  'track identify reset alias register registerOnce unregister timeEvent setGroup addGroup removeGroup';
const PROFILE_CALLS = 'set setOnce union remove unset ';

/**
 * The tracker that a page is given: it never throws, and does nothing after `shutdown()`.
 *
 * @param works Called for the works by whichever method is called; it answers `undefined` on a server,
 *   where no method does anything.
 */
export function createFacade<Events extends EventsOf<Events>>(
  works: () => Works | undefined,
  guard: Guard,
  report: Report,
  dropped: Readonly<DropCounts>,
): Tracker<Events> {
  let isShutDown = false;
  const methods = <T>(names: string, target: (works: Works) => T): T => {
    const call = (name: string) =>
      guard((...args: never[]) => {
        const built = works();
        if (isShutDown) report('shut-down', name);
        else if (built)
          (target(built) as Record<string, (...args: never[]) => void>)[name]?.(...args);
      });
    return Object.fromEntries(names.split(' ').map((name) => [name, call(name)])) as T;
  };
  const read = guard(() => works()?.identity());
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
      flush: async () => (await works()?.flush()) ?? { delivered: 0, kept: 0, dropped: 0 },
      stats: () => ({
        tracked: 0,
        stored: 0,
        delivered: 0,
        pending: 0,
        ...works()?.counts(),
        dropped: { ...dropped },
      }),
      people: methods(`${PROFILE_CALLS}increment append deleteUser`, ({ people }) => people),
      group: (key: string, id: GroupId) =>
        methods(`${PROFILE_CALLS}delete`, ({ group }) => group(key, id)),
      shutdown: guard(() => {
        works()?.close();
        isShutDown = true;
      }),
    },
    methods(CALLS, ({ calls }) => calls),
  ) as Tracker<Events>;
}
