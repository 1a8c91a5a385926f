import { CREATE_ALIAS_EVENT, DEVICE_PREFIX, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import type { Cluster, Properties } from '../emulator-state.js';
import { createAwaitedLinks } from './awaited-links.js';
import { plainAdmission } from './identity-system.js';
import { idText } from '../rules/id-text.js';
import type { Admission, IdentitySystem, IncomingEvent, Resolution } from './identity-system.js';
import { first, loneCluster, showClusters, showUser } from './device-clusters.js';
import { deviceTaken, phantomUser, prefixedUser, verbIgnored } from './simplified-warnings.js';

const VERBS = new Set([IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT]);
const BARE_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Simplified ID Merge (section 5): a device belongs to the first user seen with it, for ever. Who an event belongs to is
 * read from those links when it is asked, so that a link changes earlier events without touching them (ID-7).
 */
export function createSimplified(): IdentitySystem {
  const userOf = new Map<string, string>();
  const devicesOf = new Map<string, Set<string>>();
  const loneDevices = new Set<string>();
  /** By ingest id, made when one is asked for: of events that changed hands there may be many, and all say the same. */
  const resolutions = new Map<string, Resolution>();
  const awaited = createAwaitedLinks();

  const seeUser = (user: string): Set<string> => {
    const known = devicesOf.get(user);
    const devices = known ?? new Set<string>();
    if (!known) {
      devicesOf.set(user, devices);
    }
    return devices;
  };

  const userCluster = (user: string): Cluster => {
    const devices = devicesOf.get(user) ?? new Set();
    return showUser(user, devices, devices.size);
  };

  const admitUser = (
    user: string,
    device: string | undefined,
    added: Properties | undefined,
  ): Admission => {
    const devices = seeUser(user);
    const warnings = user.startsWith(DEVICE_PREFIX) ? [prefixedUser(user)] : [];
    if (device === undefined) {
      return { kept: true, distinctId: user, added, joined: undefined, warnings };
    }
    const owner = userOf.get(device);
    if (owner !== undefined && owner !== user) {
      return {
        kept: true,
        distinctId: user,
        added: { ...added, $identity_failure_reason: 'errAnonDistinctIdAssignedAlready' },
        joined: undefined,
        warnings: [...warnings, deviceTaken(device, owner, user)],
      };
    }
    awaited.settle(device);
    if (owner === user) {
      return { kept: true, distinctId: user, added, joined: undefined, warnings };
    }
    userOf.set(device, user);
    devices.add(device);
    loneDevices.delete(device);
    const joined = { ids: [user, DEVICE_PREFIX + device], canonical: user };
    return { kept: true, distinctId: user, added, joined, warnings };
  };

  const admitDevice = (device: string, added: Properties | undefined): Admission => {
    const owner = userOf.get(device);
    if (owner !== undefined) {
      return {
        kept: true,
        distinctId: owner,
        added: { ...added, $user_id: owner },
        joined: undefined,
        warnings: [],
      };
    }
    loneDevices.add(device);
    return {
      kept: true,
      distinctId: DEVICE_PREFIX + device,
      added,
      joined: undefined,
      warnings: [],
    };
  };

  const admitBare = (distinctId: string | undefined, addressHash: string): Admission => {
    if (distinctId === '') {
      return plainAdmission('');
    }
    if (distinctId === undefined) {
      seeUser(addressHash);
      return plainAdmission(addressHash);
    }
    const device = distinctId.startsWith(DEVICE_PREFIX) ? bareDevice(distinctId) : undefined;
    if (device !== undefined) {
      return admitDevice(device, { $device_id: device });
    }
    const admission = admitUser(distinctId, undefined, { $user_id: distinctId });
    return BARE_UUID.test(distinctId)
      ? { ...admission, warnings: [...admission.warnings, phantomUser(distinctId)] }
      : admission;
  };

  const admitVerb = (incoming: IncomingEvent): Admission => {
    const { properties, event, seq } = incoming;
    const deviceId = ['$device_id', '$anon_id', '$anon_distinct_id']
      .map((name) => idText(properties[name]))
      .find(Boolean);
    const device = bareDevice(deviceId);
    const user = ['$user_id', '$identified_id', 'distinct_id']
      .map((name) => idText(properties[name]))
      .find(Boolean);
    if (event === IDENTIFY_EVENT && device && user && !userOf.has(device)) {
      awaited.expect(device, user, seq);
    }
    return { kept: false, reason: 'identity-event-ignored', warnings: [verbIgnored(event)] };
  };

  const findCluster = (distinctId: string): Cluster | undefined => {
    if (devicesOf.has(distinctId)) {
      return userCluster(distinctId);
    }
    const device = bareDevice(distinctId) ?? '';
    const owner = userOf.get(device);
    if (owner !== undefined) {
      return userCluster(owner);
    }
    return loneDevices.has(device) ? loneCluster(device) : undefined;
  };

  return {
    admit(incoming) {
      if (VERBS.has(incoming.event)) {
        return admitVerb(incoming);
      }
      const {
        distinct_id: distinctId,
        $device_id: deviceId,
        $user_id: userId,
      } = incoming.properties;
      const sentDevice = idText(deviceId);
      const device = bareDevice(sentDevice);
      const user = idText(userId) || undefined;
      // Only a prefix that was taken away changes what is stored.
      const added =
        device === undefined || device === sentDevice ? undefined : { $device_id: device };
      if (user !== undefined) {
        return admitUser(user, device, added);
      }
      return device === undefined
        ? admitBare(idText(distinctId), incoming.addressHash)
        : admitDevice(device, added);
    },

    resolve(ingestDistinctId, sent) {
      // A user id may begin with the prefix, too: what carried one is a user's for good.
      const owner =
        ingestDistinctId.startsWith(DEVICE_PREFIX) && !idText(sent['$user_id'])
          ? userOf.get(ingestDistinctId.slice(DEVICE_PREFIX.length))
          : undefined;
      if (owner === undefined) {
        return undefined;
      }
      const known = resolutions.get(ingestDistinctId);
      const resolution = known ?? movedTo(owner, ingestDistinctId);
      resolutions.set(ingestDistinctId, resolution);
      return resolution;
    },

    canonicalOf: (distinctId) =>
      (distinctId.startsWith(DEVICE_PREFIX) &&
        userOf.get(distinctId.slice(DEVICE_PREFIX.length))) ||
      distinctId,

    idsOf: (distinctId) => findCluster(distinctId)?.ids ?? [distinctId],
    clusterOf: findCluster,

    clusters: () =>
      showClusters(
        devicesOf,
        Uint32Array.from(devicesOf.values(), ({ size }) => size),
        [...loneDevices],
      ),

    links: () => first(userOf, userOf.size),

    pending: awaited.all,
    takePendingChange: awaited.takeChange,
  };
}

function movedTo(owner: string, ingestDistinctId: string): Resolution {
  return {
    distinctId: owner,
    added: {
      $user_id: owner,
      $distinct_id_before_identity: ingestDistinctId,
      $is_reshuffled: true,
      $preshuffle_distinct_id: ingestDistinctId,
    },
  };
}

/** A device id without its one prefix (ID-2); `undefined` when nothing is left. */
function bareDevice(id: string | undefined): string | undefined {
  const bare = id?.startsWith(DEVICE_PREFIX) ? id.slice(DEVICE_PREFIX.length) : id;
  return bare || undefined;
}
