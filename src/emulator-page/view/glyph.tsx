import type { NodeKind } from '../model/identity-act.js';
import { shortId } from '../model/format.js';
import { useKindOf } from './id-kinds.js';

/** The sign of a device (a square), a user (a disc) or an alias (a ring). */
export function Glyph({ kind }: { kind: NodeKind }) {
  return <span class={`glyph glyph-${kind}`} title={kind} aria-hidden="true" />;
}

/** An id with its sign, short; the full id is its title. */
export function IdLabel({ id }: { id: string }) {
  return (
    <span class="id" title={id}>
      <Glyph kind={useKindOf(id)} />
      <span class="id-text">{shortId(id)}</span>
    </span>
  );
}
