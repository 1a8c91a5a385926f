import type { Session } from '../live/session.js';

const TEXTS = { connecting: 'connecting', live: 'live', lost: 'connection lost' } as const;

/** Whether the page hears the emulator. */
export function ConnectionSign({ session }: { session: Session }) {
  const connection = session.connection();
  return (
    <span class={`connection is-${connection}`} role="status" title={session.problem()}>
      {TEXTS[connection]}
    </span>
  );
}
