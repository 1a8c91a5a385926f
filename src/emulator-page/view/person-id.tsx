import { shortId } from '../model/format.js';
import { Glyph } from './glyph.js';
import { useKindOf } from './id-kinds.js';

/** What a press on an id does: narrow the stream to that person. */
export type OnPerson = (id: string) => void;

/** An id, short unless told otherwise, as a button that narrows the stream to its person. */
export function PersonId(props: { id: string; onPerson: OnPerson; isFull?: boolean }) {
  const { id, onPerson, isFull } = props;
  return (
    <button type="button" class="id id-button" title={id} onClick={() => onPerson(id)}>
      <Glyph kind={useKindOf(id)} />
      <span class="id-text">{isFull ? id : shortId(id)}</span>
    </button>
  );
}
