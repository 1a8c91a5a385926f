import type { IdentitySystemName } from '../../emulator-state.js';
import { isDeviceId } from './format.js';
import { failureCode, IDENTITY_VERBS, text, type Row } from './row.js';

/** A piece of a sentence: words, an id that leads to a person, or the number of an event that leads to it. */
export type StoryPart = string | { readonly id: string } | { readonly seq: number };

/** What the sentence needs to know beside the event. */
export interface StorySource {
  readonly system: IdentitySystemName;
  /** The id that the event counts under now. */
  readonly currentId: string;
  /** How many ids the person has. */
  readonly idCount: number;
  /** The event that joined an id to its person, if it is at hand. */
  readonly joinSeqOf: (id: string) => number | undefined;
}

function refusedStory(row: Row, source: StorySource): StoryPart[] {
  const device = text(row.properties, '$device_id');
  if (source.system !== 'simplified' || !device) {
    return ['Asked to join two ids, and was refused. Nothing changed.'];
  }
  const deviceId = isDeviceId(device) ? device : `$device:${device}`;
  return [
    'Sent by ',
    { id: row.distinctId },
    ' on device ',
    { id: deviceId },
    ', which belongs to someone else. The event counts for ',
    { id: row.distinctId },
    '; the device was not linked.',
  ];
}

function verbStory(row: Row): StoryPart[] {
  const { properties } = row;
  if (row.event === '$merge') return ['Joined two ids, and everyone joined to either.'];
  const isAlias = row.event === '$create_alias';
  const anonymous = text(properties, '$anon_id') ?? text(properties, '$anon_distinct_id');
  const from = isAlias ? text(properties, 'alias') : anonymous;
  const to = text(properties, '$identified_id') ?? row.ingestDistinctId;
  if (!from || !to) return ['Names fewer than two ids, so it joined nothing.'];
  return isAlias
    ? ['Made ', { id: from }, ' another name for ', { id: to }, '.']
    : [
        'Joined ',
        { id: from },
        ' and ',
        { id: to },
        ': from now on, and for all they sent before.',
      ];
}

function deviceStory(row: Row, source: StorySource): StoryPart[] {
  const device = { id: row.ingestDistinctId };
  if (source.currentId === row.ingestDistinctId) {
    return [
      'Sent by device ',
      device,
      ', which is not linked to a user yet. It will move to the user with the first event that carries both ids.',
    ];
  }
  const seq = source.joinSeqOf(row.ingestDistinctId);
  if (seq === undefined) {
    return ['Sent by device ', device, '; counts for ', { id: source.currentId }, '.'];
  }
  const moved = seq > row.seq;
  return moved
    ? [
        'Sent by device ',
        device,
        ' before it was known whose it is. Event ',
        { seq },
        ' linked it, and this event moved to ',
        { id: source.currentId },
        '.',
      ]
    : [
        'Sent by device ',
        device,
        ', which event ',
        { seq },
        ' had linked to ',
        { id: source.currentId },
        '.',
      ];
}

function userStory(row: Row, source: StorySource): StoryPart[] {
  const device = source.system === 'simplified' && text(row.properties, '$device_id');
  if (device) {
    const deviceId = isDeviceId(device) ? device : `$device:${device}`;
    const linkedHere = source.joinSeqOf(deviceId) === row.seq;
    const opening: StoryPart[] = ['Sent by ', { id: row.ingestDistinctId }, ' on device '];
    return linkedHere
      ? [
          ...opening,
          { id: deviceId },
          '. This event linked the two: what the device had sent before moved to the user.',
        ]
      : [...opening, { id: deviceId }, '.'];
  }
  const opening: StoryPart[] = ['Sent under ', { id: row.ingestDistinctId }];
  if (source.idCount < 2) return [...opening, ', an id that is joined with no other.'];
  const others = `, one of ${source.idCount} ids of the same person`;
  return source.currentId === row.ingestDistinctId
    ? [...opening, `${others}.`]
    : [...opening, `${others}; counts under `, { id: source.currentId }, '.'];
}

/** Who the event was taken for, and why, as one or two sentences. */
export function identityStory(row: Row, source: StorySource): StoryPart[] {
  if (row.dropReason !== undefined) return ['Not kept, so it counts for nobody.'];
  if (row.ingestDistinctId === '') {
    return ['Sent with an empty distinct id: kept, but it counts for nobody.'];
  }
  if (failureCode(row) !== undefined) return refusedStory(row, source);
  if (IDENTITY_VERBS.has(row.event)) return verbStory(row);
  return isDeviceId(row.ingestDistinctId) ? deviceStory(row, source) : userStory(row, source);
}

/** The same sentence as plain text. */
export function storyText(parts: readonly StoryPart[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'id' in part ? part.id : `#${part.seq}`;
    })
    .join('');
}
