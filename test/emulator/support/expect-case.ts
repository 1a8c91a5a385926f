import { expect } from 'playwright/test';
import type { CaseExpectation, ExpectedFailure, ExpectedResponse } from './case-file.js';
import type { CaseRun, StepResponse } from './run-case.js';

const VERBS = new Set(['$identify', '$create_alias', '$merge']);

/** Asserts everything that a case expects. */
export function expectCase(run: CaseRun, wanted: CaseExpectation): void {
  expectIds(run, wanted);
  expectPartition(run, wanted);
  expectFailures(run, wanted.failure);
  expectStored(run, wanted);
  expectProfiles(run, wanted);
  expectCounts(run, wanted);
  for (const [index, response] of Object.entries(wanted.responses ?? {})) {
    expectResponse(at(run.responses, index), response);
  }
}

function expectIds({ state, records }: CaseRun, wanted: CaseExpectation): void {
  for (const [index, id] of Object.entries(wanted.ingest_distinct_id ?? {})) {
    expect(at(records, index).ingestDistinctId, `ingest id of event ${index}`).toBe(id);
  }
  for (const [index, id] of Object.entries(wanted.resolved ?? {})) {
    expect(at(records, index).distinctId, `distinct id of event ${index}`).toBe(id);
    expect(at(records, index).properties['distinct_id']).toBe(id);
  }
  if (wanted.resolved_all !== undefined) {
    expect(new Set(state.events.map(({ distinctId }) => distinctId))).toEqual(
      new Set([wanted.resolved_all]),
    );
  }
  if (wanted.links) {
    expect(state.links).toEqual(wanted.links);
  }
}

function expectPartition({ state, records }: CaseRun, wanted: CaseExpectation): void {
  if (wanted.same_user) {
    const groups = new Map<string, number[]>();
    for (const [index, record] of records.entries()) {
      if (record.reason === undefined && record.distinctId !== '' && !VERBS.has(record.event)) {
        groups.set(record.distinctId, [...(groups.get(record.distinctId) ?? []), index]);
      }
    }
    expect(sorted([...groups.values()])).toEqual(sorted(wanted.same_user));
  }
  if (wanted.clusters) {
    expect(sorted(state.clusters.map(({ ids }) => ids.toSorted()))).toEqual(
      sorted(wanted.clusters.map((ids) => ids.toSorted())),
    );
  }
  for (const { ids, canonical } of wanted.canonical ? state.clusters : []) {
    expect(ids).toContain(canonical);
  }
}

function expectFailures(
  { records }: CaseRun,
  failures: Record<string, ExpectedFailure> | undefined,
): void {
  if (!failures) {
    return;
  }
  for (const [index, { properties }] of records.entries()) {
    const wanted = failures[index];
    const reason = properties['$failure_reason'] ?? properties['$identity_failure_reason'];
    if (!wanted) {
      expect(reason, `failure of event ${index}`).toBeUndefined();
      continue;
    }
    expect(wanted.any_of ?? [wanted.value]).toContain(properties[wanted.property]);
    const [before = '', after = ''] = wanted.description?.split('<value>') ?? [];
    const description = JSON.stringify(properties['$failure_description'] ?? '').slice(1, -1);
    expect(description.startsWith(before) && description.endsWith(after)).toBe(true);
  }
}

function expectStored({ records }: CaseRun, wanted: CaseExpectation): void {
  for (const [index, isStored] of Object.entries(wanted.stored ?? {})) {
    expect(at(records, index).reason === undefined, `event ${index} is stored`).toBe(isStored);
  }
  for (const [index, properties] of Object.entries(wanted.props ?? {})) {
    expect(at(records, index).properties).toMatchObject(properties);
  }
  for (const [index, names] of Object.entries(wanted.props_absent ?? {})) {
    for (const name of names) {
      expect(at(records, index).properties).not.toHaveProperty([name]);
    }
  }
  for (const index of wanted.userless ?? []) {
    expect(records[index]?.distinctId).toBe('');
  }
  for (const [index, timeMs] of Object.entries(wanted.event_time_ms ?? {})) {
    const time = Number(at(records, index).properties['time']);
    expect(time > 1e11 ? time : time * 1_000, `time of event ${index}`).toBe(timeMs);
  }
  for (const [index, id] of Object.entries(wanted.verb_distinct_id ?? {})) {
    expect(at(records, index).ingestDistinctId, `distinct id of verb ${index}`).toBe(id);
  }
}

function expectProfiles({ state }: CaseRun, wanted: CaseExpectation): void {
  for (const [id, properties] of Object.entries(wanted.profiles ?? {})) {
    expectProfile(state.profiles[id], properties);
  }
  for (const [id, names] of Object.entries(wanted.profile_props_absent ?? {})) {
    for (const name of names) {
      expect(state.profiles[id] ?? {}).not.toHaveProperty(name);
    }
  }
  if (wanted.cluster_profile) {
    const { members, props, one_of: choices } = wanted.cluster_profile;
    const shown = members.flatMap((id) => state.profiles[id] ?? []);
    expect(shown).toHaveLength(props === null ? 0 : 1);
    expect(shown[0] ?? {}).toMatchObject({ ...props });
    if (choices) {
      const own = Object.entries(shown[0] ?? {}).filter(([name]) => name !== '$last_seen');
      expect(choices).toContainEqual(Object.fromEntries(own));
    }
  }
  for (const [path, properties] of Object.entries(wanted.group_profiles ?? {})) {
    const [key = '', id = ''] = path.split('/');
    expectProfile(state.groups[key]?.[id], properties);
  }
}

function expectProfile(
  profile: Readonly<Record<string, unknown>> | undefined,
  wanted: Record<string, unknown> | null,
): void {
  if (wanted === null) {
    expect(profile).toBeUndefined();
    return;
  }
  for (const [name, value] of Object.entries(wanted)) {
    const choices = (value as { any_of?: readonly unknown[] } | null)?.any_of ?? [value];
    expect(choices, name).toContainEqual(profile?.[name]);
  }
}

function expectCounts({ state, records }: CaseRun, wanted: CaseExpectation): void {
  const unique = state.events.filter(({ duplicateOf }) => duplicateOf === null);
  const users = new Set(
    state.events
      .filter(({ event, distinctId }) => !VERBS.has(event) && distinctId !== '')
      .map(({ distinctId }) => distinctId),
  );
  const sizes = state.clusters.map(({ ids }) => ids.length);
  const refused = records.find(({ properties }) => properties['$failure_reason'] !== undefined);
  if (wanted.last_event) {
    const { event, properties } = records.at(-1) ?? {};
    expect({ event, ...properties }).toMatchObject(wanted.last_event);
  }
  if (wanted.warnings) {
    expect(state.warnings.map(({ code, seq }) => `${seq ?? '-'} ${code}`).toSorted()).toEqual(
      wanted.warnings.toSorted(),
    );
  }
  expectRange(unique.length, wanted.unique_events);
  expectRange(state.events.length, wanted.raw_events);
  expectRange(users.size, wanted.distinct_users);
  expectRange(Math.max(...sizes), wanted.largest_cluster);
  if (wanted.cluster_sizes) {
    expect(sizes.toSorted((a, b) => a - b)).toEqual(wanted.cluster_sizes.toSorted((a, b) => a - b));
  }
  if (wanted.surviving) {
    const { insert_id: insertId, ...properties } = wanted.surviving;
    expect(unique.map((event) => event.properties)).toEqual([
      expect.objectContaining({ $insert_id: insertId, ...properties }),
    ]);
  }
  if (wanted.failure_first_index) {
    expect(refused?.properties['$failure_reason']).toBe(wanted.failure_first_index.value);
  }
  if (wanted.first_refused_i !== undefined) {
    expectRange(Number(String(refused?.properties['$anon_id']).slice(-12)), wanted.first_refused_i);
  }
}

function expectRange(
  value: number,
  wanted: number | { readonly min: number; readonly max: number } | undefined,
): void {
  const { min, max } = typeof wanted === 'object' ? wanted : { min: wanted, max: wanted };
  expect(value).toBeGreaterThanOrEqual(min ?? -Infinity);
  expect(value).toBeLessThanOrEqual(max ?? Infinity);
}

function expectResponse({ http, json }: StepResponse, wanted: ExpectedResponse): void {
  expect(wanted.http_any_of ?? [wanted.http ?? http]).toContain(http);
  const { code, status, error, num_records_imported: imported, failed_records: failed } = wanted;
  const body = { code, status, error, num_records_imported: imported, failed_records: failed };
  expect(json).toMatchObject(Object.fromEntries(present(body)));
  expect(json).toMatchObject({ ...(wanted.prefer ?? wanted.body) });
  const failures = (json['failed_records'] ?? []) as readonly Record<string, unknown>[];
  if (wanted.failed_count !== undefined) {
    expect(failures).toHaveLength(wanted.failed_count);
  }
  if (wanted.message !== undefined) {
    expect(failures.map(({ message }) => message)).toContain(wanted.message);
  }
  if (wanted.field !== undefined) {
    expect(failures.map(({ field }) => field)).toContain(wanted.field);
  }
  if (wanted.body_any_of) {
    expect(wanted.body_any_of).toContainEqual(expect.objectContaining({ status: json['status'] }));
  }
  if (wanted.error_any_of) {
    expect(wanted.error_any_of).toContain(json['error']);
  }
}

function present(fields: object): [string, unknown][] {
  return Object.entries(fields).filter(([, value]) => value !== undefined);
}

function sorted<Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return lists.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

function at<Item>(list: readonly Item[], index: string): Item {
  const item = list[Number(index)];
  if (item === undefined) {
    throw new Error(`Nothing arrived at place ${index} of ${list.length}.`);
  }
  return item;
}
