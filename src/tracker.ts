import { type DropCounts, createReporter } from './console-reporter.js';
import { sendBeacon } from './delivery/beacon.js';
import { type FetchTransport, createFetchTransport } from './delivery/fetch-transport.js';
import { createFlusher } from './delivery/flusher.js';
import { createRetryTime } from './delivery/retry-time.js';
import { createSenderLock } from './delivery/sender-lock.js';
import { createSender } from './delivery/sender.js';
import { createEventBuilder } from './event/event-builder.js';
import { createGroupKeys } from './event/group-keys.js';
import { createKeptStore } from './event/kept.js';
import { readPageProperties } from './event/page-properties.js';
import { createProfiles } from './event/profile-updates.js';
import { createRecordMaker } from './event/record.js';
import { serializeProperties } from './event/serialize.js';
import { createSuperProperties } from './event/super-properties.js';
import type { Report } from './errors.js';
import { type Works, createFacade } from './facade.js';
import { type Guard, createGuard } from './guard.js';
import { newDeviceId, newInsertId } from './ids.js';
import { createCookie } from './identity/cookie.js';
import { identityProperties } from './identity/identity-properties.js';
import { createIdentity } from './identity/identity.js';
import { createLocalPlace } from './identity/local-place.js';
import { listen } from './lifecycle.js';
import { createLocalStorage } from './local-storage.js';
import { type ResolvedOptions, type TrackerOptions, resolveOptions } from './options.js';
import type { QueuedRecord } from './ports.js';
import { createIdbStore } from './queue/idb-store.js';
import { createQueue } from './queue/queue.js';
import { createStaging } from './queue/staging.js';
import type { EventMap, EventsOf, Tracker } from './tracker-api.js';

/**
 * Creates a tracker for a project. Where there is no `document`, on a server or in a worker, it does nothing and keeps no state.
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
  const isServer = typeof document === 'undefined';
  const settings = resolveOptions(token, options, isServer ? undefined : document.baseURI);
  const dropped: DropCounts = {};
  const report = createReporter(settings.onError, settings.logLevel, dropped);
  const guard = createGuard(report);
  const send = createFetchTransport();
  let works: Works | undefined;
  const open = guard(() => {
    if (!isServer) works ??= assemble({ ...settings, token, nowMs, report, guard, send });
    return works;
  });
  // A task of its own, so that the one which runs the script stays short; or the first call, whichever comes first.
  if (!isServer) setTimeout(open);
  return createFacade(open, guard, report, dropped);
}

/** What is known before the works are built. */
interface Site extends ResolvedOptions {
  readonly token: string;
  readonly nowMs: () => number;
  readonly report: Report;
  readonly guard: Guard;
  readonly send: FetchTransport;
}

/** Marks what joins ids (see `QueuedRecord.link`). */
const asLink = (record: QueuedRecord | undefined): QueuedRecord | undefined =>
  record && { ...record, link: true };

/** Builds the rooms, hands each what it needs from the others, and starts. */
function assemble(site: Site): Works {
  const { token, nowMs, report, guard } = site;
  const afterTask = (work: () => void): void => queueMicrotask(guard(work));
  const after = (delayMs: number, work: () => void): (() => void) => {
    const timer = setTimeout(guard(work), delayMs);
    return () => clearTimeout(timer);
  };
  const key = `waymark:${token}`;
  const isKept = site.persistence === 'indexeddb';
  const storage = createLocalStorage(isKept);
  const shared = { ...site, random: Math.random, afterTask, after };

  const isHidden = (): boolean => document.visibilityState === 'hidden';

  let isLeaving = false;
  const queue = createQueue({
    ...shared,
    openStore: isKept ? (onWiped) => createIdbStore(key, onWiped) : undefined,
    staging: createStaging(storage, `${key}:staged:`),
    onAdded() {
      if (isLeaving) sender.leave();
      else flusher.added(isHidden());
    },
  });
  const retryTime = createRetryTime(storage, `${key}:retry`, nowMs);
  const sender = createSender({
    ...shared,
    queue,
    sendBeacon,
    isHidden,
    retryTime,
    urlOf: (path) => `${site.apiHost}${path}?verbose=1&ip=${Number(site.ip)}`,
  });
  const flusher = createFlusher({
    ...shared,
    queue,
    sender,
    lock: createSenderLock(key),
    retryTime,
  });

  const makeRecord = createRecordMaker(newInsertId, report);
  const kept = createKeptStore(
    storage,
    `${key}:kept`,
    afterTask,
    () => identity.current().deviceId,
  );
  const { addTo, ...superMethods } = createSuperProperties(kept, nowMs, report);
  const build = createEventBuilder({
    ...shared,
    makeRecord,
    underlay: (name) => addTo(serializeProperties(readPageProperties(), report), name),
  });
  const identity = createIdentity({
    ...shared,
    places: isKept ? [createLocalPlace(storage, key), createCookie(key, site.cookieDomain)] : [],
    newDeviceId,
    send: (event, properties, record) =>
      void queue.add(asLink(build(event, undefined, identityProperties(record), properties))),
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

  const stay = (): void => {
    if (!isLeaving) queue.setLeaving(false, false);
  };
  const back = (): void => {
    isLeaving = false;
    queue.setLeaving(false, true);
    sender.back();
    flusher.wake(false);
  };
  const unlisten = listen(
    {
      visibilitychange() {
        if (!isHidden()) return back();
        queue.setLeaving(true, false);
        if (!isLeaving && queue.counts().pending) flusher.added(true);
        // A page that is only covered goes on; one that is going does not come to this.
        after(0, stay);
      },
      pagehide() {
        isLeaving = true;
        queue.setLeaving(true, false);
        sender.leave();
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

  flusher.wake(false);
  return {
    calls: {
      track(name: string, properties?: unknown) {
        const record = identity.current();
        const event = build(name, properties, identityProperties(record));
        if (queue.add(record.link === 'owed' ? asLink(event) : event)) identity.tracked(record);
      },
      identify(userId: string) {
        if (identity.identify(userId)) profiles.release();
      },
      reset: identity.reset,
      alias: identity.alias,
      ...superMethods,
      ...createGroupKeys(kept, superMethods, profiles.people, report),
    },
    people: profiles.people,
    group: profiles.group,
    flush: flusher.flush,
    identity: identity.current,
    counts: queue.counts,
    close() {
      unlisten();
      flusher.stop();
    },
  };
}
