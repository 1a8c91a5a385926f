import { shortId } from '../model/format.js';
import { Glyph } from './glyph.js';
import { useKindOf } from './id-kinds.js';

/** What a press on an id does: narrow the stream to that person. */
export type OnPerson = (id: string) => void;

/** An id as a button that narrows the stream to its person. */
export function PersonId({ id, onPerson }: { id: string; onPerson: OnPerson }) {
  return (
    <button type="button" class="id id-button" title={id} onClick={() => onPerson(id)}>
      <Glyph kind={useKindOf(id)} />
      <span class="id-text">{shortId(id)}</span>
    </button>
  );
}
