import type { PageCall, PageIdentity, TaskReport } from './in-page.js';
import type { Device, Entry, ProfileUpdate, Visit } from './promised.js';
import type { Call, Properties, Schedule } from './schedule.js';

/** An update made while nobody was identified. */
type HeldUpdate = Pick<ProfileUpdate, 'name' | 'value' | 'isCounted' | 'isUnpromised'>;

/** What must have come of a schedule: the model of the whole. */
export interface Ledger {
  readonly promised: readonly Entry[];
  readonly visits: readonly Visit[];
  /** Whether the browser was killed. */
  readonly wasKilled: boolean;
  /** A document begins; who it is must be who was left. Throws where it is not. */
  begin(identity: PageIdentity): Visit;
  /** Notes the calls of a task and what they promise; answers how the page is to make them, and what to do after. */
  plan(visit: Visit, calls: readonly Call[]): Plan;
  /** Notes what a page tracks as it goes; answers how it is to. */
  planFarewell(visit: Visit): readonly PageCall[];
  /** The machine's clock is off by so much from now on. */
  setClock(offsetMs: number): void;
  /** Whether the database takes no more. */
  setFull(isFull: boolean): void;
  /** What the document tracked so far is in the database. */
  markSafe(visit: Visit): void;
  /** The browser is killed. */
  kill(): void;
}

/** A task that is about to be run. */
export interface Plan {
  readonly calls: readonly PageCall[];
  /** Takes the page's report; throws where the identity is not as it must be. */
  conclude(report: TaskReport): void;
}

/** Names that no encoding may change. */
const NAMES = ['Step', 'Café & 100%', '+1=2'];

/** An empty ledger for a browser that was never here. */
export function createLedger(system: Schedule['system']): Ledger {
  const promised: Entry[] = [];
  const visits: Visit[] = [];
  const devices: Device[] = [];
  let device = addDevice();
  let user: string | undefined;
  let held: HeldUpdate[] = [];
  let offsetMs = 0;
  let isFull = false;
  let wasKilled = false;
  let updateCount = 0;
  let isReverting = false;

  function addDevice(): Device {
    const added: Device = { id: '', users: new Set(), plans: [undefined] };
    devices.push(added);
    return added;
  }

  const common = (visit: Visit) => ({
    device,
    visit,
    offsetMs,
    laterMs: 0,
    isSafe: false,
  });

  const addLink = (visit: Visit, linked: string): void => {
    const isUnpromised = system === 'simplified' && device.isForgetful;
    promised.push({
      ...common(visit),
      kind: 'link',
      user: linked,
      ...(isUnpromised && { isUnpromised }),
    });
  };

  const addProfile = (visit: Visit, owner: string, update: HeldUpdate): void => {
    promised.push({ ...common(visit), ...update, kind: 'profile', user: owner });
  };

  const track = (visit: Visit, properties: Properties): PageCall => {
    const n = promised.length;
    const name = NAMES[n % NAMES.length] ?? 'Step';
    promised.push({
      ...common(visit),
      ...(user !== undefined && { user }),
      kind: 'event',
      n,
      name,
      properties,
      plans: plansOf(visit),
      fromMs: 0,
      toMs: 0,
    });
    if (user !== undefined) delete device.link;
    else device.link ??= 'anonymous';
    return ['track', name, { ...properties, n }];
  };

  /** A killed browser may come back with any of them. */
  const plansOf = ({ seenPlan }: Visit) =>
    device.plans.slice(
      seenPlan && seenPlan.device === device && !device.isForgetful ? seenPlan.index : 0,
    );

  const register = (visit: Visit): PageCall => {
    const plan = `plan ${updateCount++}`;
    visit.seenPlan = { device, index: device.plans.push(plan) - 1 };
    return ['register', plan];
  };

  const leaveDevice = (visit: Visit): void => {
    if (system === 'simplified' && device.link === 'owed' && user !== undefined)
      addLink(visit, user);
    device = addDevice();
    user = undefined;
    held = [];
  };

  const identify = (visit: Visit, next: string): void => {
    if (user === next) return;
    if (user !== undefined) leaveDevice(visit);
    user = next;
    device.users.add(next);
    if (device.link) device.link = 'owed';
    if (system === 'original') addLink(visit, next);
    for (const update of held.splice(0)) addProfile(visit, next, update);
  };

  const update = (visit: Visit, isCounted: boolean, value: number): PageCall => {
    const name = `${isCounted ? 'count' : 'value'} ${updateCount++}`;
    if (user === undefined) held.push({ name, value, isCounted });
    else addProfile(visit, user, { name, value, isCounted });
    return [isCounted ? 'increment' : 'set', name, value];
  };

  const planCall = (visit: Visit, call: Call): PageCall[] => {
    switch (call.call) {
      case 'track':
        return Array.from({ length: call.count }, () => track(visit, call.properties));
      case 'identify':
        identify(visit, call.user);
        return [['identify', call.user]];
      case 'reset':
        leaveDevice(visit);
        return [['reset']];
      case 'register':
        return [register(visit)];
      case 'set group': {
        const [name, value] = [`group ${updateCount}`, updateCount++];
        promised.push({ ...common(visit), kind: 'group', name, value });
        return [['set group', name, value]];
      }
      case 'set':
        return [update(visit, false, updateCount)];
      case 'increment':
        return [update(visit, true, call.by)];
    }
  };

  return {
    promised,
    visits,
    get wasKilled() {
      return wasKilled;
    },
    begin(identity) {
      if (isReverting) revert(identity);
      else recognise({ device, user }, identity);
      const visit: Visit = {
        isAlive: true,
        seenPlan: { device, index: device.plans.length - 1 },
      };
      visits.push(visit);
      return visit;
    },
    plan(visit, calls) {
      const before = promised.length;
      const made: PageCall[] = [];
      const expected: { device: Device; user: string | undefined }[] = [];
      for (const call of calls)
        for (const planned of planCall(visit, call)) {
          made.push(planned);
          expected.push({ device, user });
        }
      const added = promised.slice(before);
      const wasFull = isFull;
      return {
        calls: made,
        conclude({ identities, fromMs, toMs, wasWarm }) {
          identities.forEach((identity, index) => recognise(expected[index], identity));
          for (const each of added) {
            each.isSafe = wasWarm && !wasFull;
            if (each.kind === 'event') Object.assign(each, { fromMs, toMs });
          }
        },
      };
    },
    planFarewell(visit) {
      const call = track(visit, { isFarewell: true });
      // Nobody is there any more to tell when that was.
      Object.assign(promised.at(-1) ?? {}, { fromMs: Date.now() + offsetMs, toMs: Infinity });
      return [call];
    },
    setClock(next) {
      offsetMs = next;
      for (const each of promised) each.laterMs = Math.max(each.laterMs, next - each.offsetMs);
    },
    setFull: (next) => void (isFull = next),
    markSafe(visit) {
      for (const each of promised) if (each.visit === visit) each.isSafe = true;
    },
    kill() {
      wasKilled = true;
      isReverting = true;
      isFull = false;
      for (const visit of visits) visit.isAlive = false;
      for (const each of promised) if (!each.isSafe) each.isUnpromised = true;
      for (const each of devices) each.isForgetful = true;
      held = held.map((each) => ({ ...each, isUnpromised: true }));
    },
  };

  /** Browsers write localStorage and cookies to disk late: a killed one comes back with an identity it had before. */
  function revert({ deviceId, userId }: PageIdentity): void {
    isReverting = false;
    device = devices.find(({ id }) => id === deviceId) ?? addDevice();
    user = undefined;
    recognise({ device, user: userId ?? undefined }, { deviceId, userId });
    if (userId !== null && !device.users.has(userId))
      throw new Error(`Device ${deviceId} came back as ${userId}, who never was on it.`);
    user = userId ?? undefined;
  }

  function recognise(
    expected: { readonly device: Device; readonly user: string | undefined } | undefined,
    { deviceId, userId }: PageIdentity,
  ): void {
    if (!expected) throw new Error('The page answered for a call that was not made.');
    const known = devices.find(({ id }) => id === deviceId);
    if ((expected.device.id || deviceId) !== deviceId || (known && known !== expected.device))
      throw new Error(
        `The page took device ${deviceId}, not ${expected.device.id || 'a new one'}.`,
      );
    expected.device.id = deviceId;
    if (userId !== (expected.user ?? null))
      throw new Error(`The page took the user for ${userId}, not ${expected.user}.`);
  }
}
