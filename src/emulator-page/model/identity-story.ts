import type { IdentitySystemName } from '../../emulator/emulator-state.js';
import { isDeviceId } from './format.js';
import { identityActOf, type IdentityAct } from './identity-act.js';
import { IDENTITY_VERBS, type Row } from './row.js';

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

/** A verb, or in Simplified an event with both a device and a user: what it asked for, and whether it got it. */
function actStory(row: Row, { from, to, refused }: IdentityAct, source: StorySource): StoryPart[] {
  const ids: StoryPart[] = [{ id: from }, ' and ', { id: to }];
  if (IDENTITY_VERBS.has(row.event)) {
    return refused === undefined
      ? ['Joined ', ...ids, ': one person from now on, and for everything they sent before.']
      : ['Asked to join ', ...ids, ', and was refused. Nothing changed.'];
  }
  const opening: StoryPart[] = ['Sent by ', { id: to }, ' on device ', { id: from }];
  if (refused !== undefined) {
    return [
      ...opening,
      '. The device belongs to someone else and was not linked; the event counts for ',
      { id: to },
      '.',
    ];
  }
  return source.joinSeqOf(from) === row.seq
    ? [
        ...opening,
        '. This event linked the two: what the device had sent before moved to the user.',
      ]
    : [...opening, '.'];
}

function deviceStory(row: Row, source: StorySource): StoryPart[] {
  const opening: StoryPart[] = ['Sent by device ', { id: row.ingestDistinctId }];
  if (source.currentId === row.ingestDistinctId) {
    return [
      ...opening,
      ', which is not linked to a user yet. It will move to the user with the first event that carries both ids.',
    ];
  }
  const seq = source.joinSeqOf(row.ingestDistinctId);
  const current = { id: source.currentId };
  return seq === undefined
    ? [...opening, '; counts for ', current, '.']
    : [
        ...opening,
        ' before it was known whose it is. Event ',
        { seq },
        ' linked it, and this event moved to ',
        current,
        '.',
      ];
}

function plainStory(row: Row, source: StorySource): StoryPart[] {
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
  const act = identityActOf(row, source.system);
  if (act) return actStory(row, act, source);
  if (IDENTITY_VERBS.has(row.event)) return ['Names fewer than two ids, so it joined nothing.'];
  return isDeviceId(row.ingestDistinctId) && source.system === 'simplified'
    ? deviceStory(row, source)
    : plainStory(row, source);
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
