import { DEVICE_PREFIX } from '../../wire.js';
import type { Cluster } from '../emulator-state.js';

/** A user, with as many of the devices as there were: they are only ever added. */
export interface UserDevices {
  readonly user: string;
  readonly devices: ReadonlySet<string>;
  readonly count: number;
}

/** A user and their devices as a cluster. */
export function showUser({ user, devices, count }: UserDevices): Cluster {
  return {
    ids: [user, ...Array.from(first(devices, count), (device) => DEVICE_PREFIX + device)],
    canonical: user,
  };
}

/** Users with their devices, then devices that are nobody's yet, each made as it is read. */
export function* showClusters(
  users: readonly UserDevices[],
  loneDevices: readonly string[],
): Generator<Cluster> {
  for (const user of users) {
    yield showUser(user);
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
