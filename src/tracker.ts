import { type DropCounts, createReporter } from './console-reporter.js';
import { sendBeacon } from './delivery/beacon.js';
import { createFetchTransport } from './delivery/fetch-transport.js';
import { createFlusher } from './delivery/flusher.js';
import { createRetryTime } from './delivery/retry-time.js';
import { createSenderLock } from './delivery/sender-lock.js';
import { createSender } from './delivery/sender.js';
import { createEventBuilder } from './event/event-builder.js';
import { type GroupId, createGroupKeys } from './event/group-keys.js';
import { createKeptStore } from './event/kept.js';
import { readPageProperties } from './event/page-properties.js';
import { createProfiles } from './event/profile-updates.js';
import { createRecordMaker } from './event/record.js';
import { serializeProperties } from './event/serialize.js';
import { createSuperProperties } from './event/super-properties.js';
import { createGuard } from './guard.js';
import { newDeviceId, newInsertId } from './ids.js';
import { createCookie } from './identity/cookie.js';
import { identityProperties, originalIdMerge, simplifiedIdMerge } from './identity/id-merge.js';
import { createIdentity } from './identity/identity.js';
import { createLocalPlace } from './identity/local-place.js';
import { listen } from './lifecycle.js';
import { createLocalStorage } from './local-storage.js';
import { type TrackerOptions, resolveOptions } from './options.js';
import { createIdbStore } from './queue/idb-store.js';
import { createQueue } from './queue/queue.js';
import { createStaging } from './queue/staging.js';
import { createInertTracker } from './inert-tracker.js';
import type { EventMap, EventsOf, Tracker } from './tracker-api.js';

/**
 * Creates a tracker for a project. On a server, where there is no `window`, it does nothing and keeps no state.
 *
 * @throws ConfigError for what the arguments decide, such as a missing token. After that nothing throws.
 */
export function createTracker<Events extends EventsOf<Events> = EventMap>(
  token: string,
  options: TrackerOptions = {},
): Tracker<Events> {
  return composeTracker(token, options, Date.now);
}

/** `createTracker` with a clock of the caller's. */
export function composeTracker<Events extends EventsOf<Events>>(
  token: string,
  options: TrackerOptions,
  nowMs: () => number,
): Tracker<Events> {
  const isServer = typeof window === 'undefined';
  const settings = resolveOptions(token, options, isServer ? undefined : location.href);
  if (isServer) return createInertTracker();

  const dropped: DropCounts = {};
  const report = createReporter(settings.onError, settings.logLevel, dropped);
  const guard = createGuard(report);
  const afterTask = (work: () => void): void => queueMicrotask(guard(work));
  const after = (delayMs: number, work: () => void): (() => void) => {
    const timer = setTimeout(guard(work), delayMs);
    return () => clearTimeout(timer);
  };
  const key = `waymark:${token}`;
  const isKept = settings.persistence === 'indexeddb';
  const storage = createLocalStorage(isKept);
  const shared = { ...settings, token, nowMs, random: Math.random, report, afterTask, after };

  let isLeaving = false;
  const queue = createQueue({
    ...shared,
    openStore: isKept ? (onWiped) => createIdbStore(key, onWiped) : undefined,
    staging: createStaging(storage, `${key}:staged:`),
    onAdded() {
      if (isLeaving || document.visibilityState === 'hidden') sender.leave(isLeaving);
      flusher.added();
    },
  });
  const retryTime = createRetryTime(storage, `${key}:retry`, nowMs);
  const sender = createSender({
    ...shared,
    queue,
    send: createFetchTransport(),
    sendBeacon,
    retryTime,
    urlOf: (path) => `${settings.apiHost}${path}?verbose=1&ip=${Number(settings.ip)}`,
  });
  const flusher = createFlusher({
    ...shared,
    queue,
    sender,
    lock: createSenderLock(key),
    retryTime,
  });

  let isShutDown = false;
  /** The same functions, as a page may call them. */
  const methods = <T extends object>(works: T): T => {
    const guarded: Record<string, unknown> = {};
    for (const [name, work] of Object.entries(works))
      guarded[name] = guard(
        (...args: unknown[]) => void (isShutDown ? report('shut-down') : work(...args)),
      );
    return guarded as T;
  };

  const makeRecord = createRecordMaker(newInsertId, report);
  const kept = createKeptStore(
    storage,
    `${key}:kept`,
    afterTask,
    () => identity.current().deviceId,
    report,
  );
  const { addTo, ...superMethods } = createSuperProperties(kept, nowMs, report);
  const build = createEventBuilder({
    ...shared,
    makeRecord,
    underlay: (name) => addTo(serializeProperties(readPageProperties(), report), name),
  });
  const identity = createIdentity({
    ...shared,
    idMerge: settings.idMerge === 'original' ? originalIdMerge : simplifiedIdMerge,
    places: isKept
      ? [createLocalPlace(storage, key), createCookie(key, settings.cookieDomain)]
      : [],
    newDeviceId,
    send: ({ event, properties }, record) =>
      void queue.add(build(event, undefined, identityProperties(record), properties)),
    onReset: kept.clear,
  });
  const profiles = createProfiles({
    ...shared,
    makeRecord,
    add: queue.add,
    userId: () => identity.current().userId,
    kept,
    newInsertId,
  });

  const settle = (): void => {
    if (!isLeaving) queue.setLeaving(false);
  };
  const leave = (): void => {
    queue.setLeaving(true);
    sender.leave(isLeaving);
  };
  const back = (): void => {
    isLeaving = false;
    settle();
    sender.back();
    flusher.wake(false);
  };
  const unlisten = listen(
    {
      visibilitychange() {
        if (document.visibilityState !== 'hidden') return back();
        leave();
        // A page that is only covered goes on; one that is going does not come to this.
        after(0, settle);
      },
      pagehide() {
        isLeaving = true;
        leave();
        flusher.pause();
      },
      pageshow(event) {
        if ((event as PageTransitionEvent).persisted) back();
      },
      freeze: flusher.pause,
      resume: back,
      online: () => flusher.wake(true),
    },
    guard,
  );

  const read = guard(identity.current);
  flusher.wake(false);
  return Object.assign(
    {
      flush: flusher.flush,
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
      people: methods(profiles.people),
      group: (key: string, id: GroupId) => methods(profiles.group(key, id)),
      stats: () => ({ ...queue.counts(), dropped: { ...dropped } }),
    },
    methods({
      track(name: string, properties?: unknown) {
        const record = identity.current();
        if (queue.add(build(name, properties, identityProperties(record))))
          identity.tracked(record);
      },
      identify(userId: string) {
        if (identity.identify(userId)) profiles.release();
      },
      reset: identity.reset,
      alias: identity.alias,
      ...superMethods,
      ...createGroupKeys(kept, superMethods, profiles.people),
      shutdown() {
        isShutDown = true;
        unlisten();
        flusher.pause();
      },
    }),
  );
}
