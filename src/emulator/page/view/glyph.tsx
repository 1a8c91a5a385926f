import type { NodeKind } from '../model/identity-act.js';
import { isDeviceId, shortId } from '../model/format.js';

const KIND_NAMES: Readonly<Record<NodeKind, string>> = {
  device: 'Device',
  user: 'User',
  alias: 'Alias',
};

/** The sign of a device (a square), a user (a disc) or an alias (a ring). */
export function Glyph({ kind }: { kind: NodeKind }) {
  return <span class={`glyph glyph-${kind}`} title={KIND_NAMES[kind]} />;
}

/** An id with its sign, short; the full id is its title. */
export function IdLabel({ id, kind }: { id: string; kind?: NodeKind | undefined }) {
  return (
    <span class="id" title={id}>
      <Glyph kind={kind ?? (isDeviceId(id) ? 'device' : 'user')} />
      <span class="id-text">{shortId(id)}</span>
    </span>
  );
}
