import { shortId } from '../model/format.js';
import type { NodeKind } from '../model/identity-act.js';
import { isDeviceId } from '../model/format.js';
import { Glyph } from './glyph.js';

/** What a press on an id does: narrow the stream to that person. */
export type OnPerson = (id: string) => void;

/** An id as a button that narrows the stream to its person. */
export function PersonId({
  id,
  kind,
  onPerson,
}: {
  id: string;
  kind?: NodeKind | undefined;
  onPerson: OnPerson;
}) {
  return (
    <button type="button" class="id id-button" title={id} onClick={() => onPerson(id)}>
      <Glyph kind={kind ?? (isDeviceId(id) ? 'device' : 'user')} />
      <span class="id-text">{shortId(id)}</span>
    </button>
  );
}
