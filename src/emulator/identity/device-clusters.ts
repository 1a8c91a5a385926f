import { DEVICE_PREFIX } from '../../wire.js';
import type { Cluster } from '../emulator-state.js';

/** A user as a cluster, with the first devices that they had: devices are only ever added. */
export function showUser(user: string, devices: Iterable<string>, count: number): Cluster {
  return {
    ids: [user, ...Array.from(first(devices, count), (device) => DEVICE_PREFIX + device)],
    canonical: user,
  };
}

/**
 * Users with their devices, then devices that are nobody's yet, each made as it is read.
 *
 * @param counts How many devices each user has had: users and devices that come while this is read are left out.
 */
export function* showClusters(
  devicesOf: ReadonlyMap<string, Iterable<string>>,
  counts: Uint32Array,
  loneDevices: readonly string[],
): Generator<Cluster> {
  let index = 0;
  for (const [user, devices] of first(devicesOf, counts.length)) {
    yield showUser(user, devices, counts[index++] ?? 0);
  }
  for (const device of loneDevices) {
    yield loneCluster(device);
  }
}

/** The first of many. */
export function* first<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count;
  for (const item of items) {
    if (left-- === 0) {
      return;
    }
    yield item;
  }
}

/** A device that is nobody's yet. */
export function loneCluster(device: string): Cluster {
  return { ids: [DEVICE_PREFIX + device], canonical: DEVICE_PREFIX + device };
}
