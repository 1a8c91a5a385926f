import { createReporter } from './console-reporter.js';
import { sendBeacon } from './delivery/beacon.js';
import { createFetchTransport } from './delivery/fetch-transport.js';
import { type FlushResult, createFlusher } from './delivery/flusher.js';
import { createRetryTime } from './delivery/retry-time.js';
import { createSenderLock } from './delivery/sender-lock.js';
import { createSender } from './delivery/sender.js';
import type { DropReason } from './errors.js';
import { createEventBuilder } from './event/event-builder.js';
import { readPageProperties } from './event/page-properties.js';
import { createGuard } from './guard.js';
import { newDeviceId, newInsertId } from './ids.js';
import { createCookie } from './identity/cookie.js';
import { identityProperties, originalIdMerge, simplifiedIdMerge } from './identity/id-merge.js';
import { createIdentity } from './identity/identity.js';
import { createLocalPlace } from './identity/local-place.js';
import { watchLifecycle } from './lifecycle.js';
import { createLocalStorage, createMemoryStorage } from './local-storage.js';
import { type TrackerOptions, resolveOptions } from './options.js';
import { createIdbStore } from './queue/idb-store.js';
import { createQueue } from './queue/queue.js';
import { createStaging } from './queue/staging.js';
import { createInertTracker } from './inert-tracker.js';
import type { EventMap, Tracker } from './tracker-api.js';

/**
 * Creates a tracker for a project. On a server, where there is no `window`, it does nothing and keeps no state.
 *
 * @throws ConfigError for what the arguments decide, such as a missing token. After that nothing throws.
 */
export function createTracker<Events extends EventMap = EventMap>(
  token: string,
  options: TrackerOptions = {},
): Tracker<Events> {
  return composeTracker(token, options, Date.now);
}

/** `createTracker` with a clock of the caller's. */
export function composeTracker<Events extends EventMap>(
  token: string,
  options: TrackerOptions,
  nowMs: () => number,
): Tracker<Events> {
  const isServer = typeof window === 'undefined';
  const settings = resolveOptions(token, options, isServer ? undefined : document.baseURI);
  if (isServer) return createInertTracker();

  const report = createReporter(settings.onError, settings.logLevel);
  const guard = createGuard(report);
  const afterTask = (work: () => void): void => queueMicrotask(guard(work));
  const after = (delayMs: number, work: () => void): (() => void) => {
    const timer = setTimeout(guard(work), delayMs);
    return () => clearTimeout(timer);
  };

  let tracked = 0;
  const dropped: Partial<Record<DropReason, number>> = {};
  const onDrop = (reason: DropReason, count = 1): void => {
    dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  const key = `waymark:${token}`;
  const isKept = settings.persistence === 'indexeddb';
  const storage = isKept ? createLocalStorage() : createMemoryStorage();
  let isLeaving = false;

  const queue = createQueue({
    openStore: isKept ? (onWiped) => createIdbStore(key, onWiped) : undefined,
    staging: createStaging(storage, `${key}:staged:`),
    maxQueueCount: settings.maxQueueCount,
    nowMs,
    afterTask,
    onAdded() {
      if (isLeaving || document.visibilityState === 'hidden') sender.leave(isLeaving);
      flusher.added();
    },
    onDrop,
    report,
  });

  const retryTime = createRetryTime(storage, `${key}:retry`, nowMs);
  const sender = createSender({
    queue,
    send: createFetchTransport(),
    sendBeacon,
    retryTime,
    urlOf: (path) => `${settings.apiHost}${path}?verbose=1&ip=${Number(settings.ip)}`,
    maxBatchCount: settings.maxBatchCount,
    nowMs,
    random: Math.random,
    report,
  });
  const flusher = createFlusher({
    queue,
    sender,
    lock: createSenderLock(key),
    retryTime,
    flushIntervalMs: settings.flushIntervalMs,
    maxBatchCount: settings.maxBatchCount,
    nowMs,
    after,
    report,
  });

  const events = createEventBuilder({
    token,
    newInsertId,
    nowMs,
    layers: [readPageProperties],
    beforeSend: settings.beforeSend,
    report,
    onDrop,
  });
  const add = (record: ReturnType<typeof events.build>): boolean => {
    if (!record) return false;
    tracked++;
    queue.add(record);
    return true;
  };

  const identity = createIdentity({
    idMerge: settings.idMerge === 'original' ? originalIdMerge : simplifiedIdMerge,
    places: isKept
      ? [createLocalPlace(storage, key), createCookie(key, settings.cookieDomain)]
      : [],
    newDeviceId,
    nowMs,
    afterTask,
    send: ({ event, properties }, record) =>
      void add(events.buildOwn(event, properties, identityProperties(record))),
    onReset: () => undefined,
    report,
  });

  const settle = (): void => {
    if (!isLeaving) queue.setLeaving(false);
  };
  const unwatch = watchLifecycle({
    onHidden: guard(() => {
      queue.setLeaving(true);
      sender.leave(isLeaving);
      // A page that is only covered goes on; one that is going does not come to this.
      after(0, settle);
    }),
    onLeaving: guard(() => {
      isLeaving = true;
      queue.setLeaving(true);
      sender.leave(true);
      flusher.pause();
    }),
    onBack: guard(() => {
      isLeaving = false;
      settle();
      sender.back();
      flusher.wake(false);
    }),
    onFrozen: guard(flusher.pause),
    onOnline: guard(() => flusher.wake(true)),
  });

  let isShutDown = false;
  const method = <A extends unknown[], R>(work: (...args: A) => R) => {
    const guarded = guard(work);
    return (...args: A): R | undefined => {
      if (!isShutDown) return guarded(...args);
      report('shut-down');
      return undefined;
    };
  };

  flusher.wake(false);
  return {
    track: method((name: string, properties?: unknown) => {
      const record = identity.current();
      if (add(events.build(name, properties, identityProperties(record)))) identity.tracked(record);
    }),
    identify: method((userId: string) => void identity.identify(userId)),
    reset: method(() => identity.reset()),
    alias: method((alias: string, original?: string) => identity.alias(alias, original)),
    async flush(): Promise<FlushResult> {
      const flushed = isShutDown ? undefined : await flusher.flush();
      return flushed ?? { delivered: 0, kept: queue.counts().pending, dropped: 0 };
    },
    get deviceId() {
      return guard(identity.current)()?.deviceId ?? '';
    },
    get userId() {
      return guard(identity.current)()?.userId;
    },
    get distinctId() {
      const record = guard(identity.current)();
      return record?.userId ?? record?.anonymousId ?? '';
    },
    stats: () => ({ tracked, ...queue.counts(), dropped: { ...dropped } }),
    shutdown: method(() => {
      isShutDown = true;
      unwatch();
      flusher.pause();
    }),
  };
}
