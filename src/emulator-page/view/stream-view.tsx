import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { rowOfSeq } from '../model/model.js';
import type { PersonGroup } from '../model/people-graph.js';
import type { Row } from '../model/row.js';
import { isFiltering, type RowFilter } from '../model/search.js';
import { EventDetail } from './event-detail.js';
import { EventRow } from './event-row.js';
import { PeoplePicture } from './people-picture.js';
import type { OnPerson } from './person-id.js';
import { ConnectionSign } from './connection-sign.js';
import { Legend } from './legend.js';
import { StreamToolbar } from './stream-toolbar.js';
import { useRows } from './use-session.js';
import { VirtualList } from './virtual-list.js';

/** The stream, what it is narrowed to, and the chosen event. */
export interface StreamViewProps {
  readonly session: Session;
  readonly people: readonly PersonGroup[];
  readonly filter: RowFilter;
  readonly personId: string | undefined;
  readonly selectedSeq: number | undefined;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onPerson: OnPerson;
  /** Chooses an event; `undefined` closes the detail. */
  readonly onEvent: (seq: number | undefined) => void;
  readonly isEmbedded: boolean;
}

/** Holds the rows still while paused. */
function usePause(rows: readonly Row[]) {
  const [held, setHeld] = useState<readonly Row[] | undefined>(undefined);
  return {
    rows: held ?? rows,
    isPaused: held !== undefined,
    toggle: () => setHeld(held === undefined ? rows : undefined),
  };
}

/** Closes the detail with Escape, wherever the focus is, and sees to it that the focus stays with the list. */
function useDetail(selectedSeq: number | undefined, onClose: () => void) {
  const section = useRef<HTMLElement>(null);
  const focusList = () =>
    section.current?.querySelector<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true });
  const close = () => {
    onClose();
    focusList();
  };
  useEffect(() => {
    if (selectedSeq === undefined) return undefined;
    // The link that opened the event may be gone with the picture that it stood in.
    if (document.activeElement === document.body) focusList();
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [selectedSeq]);
  return { section, close };
}

/** The stream of events, newest first, beside it the chosen event, or who is who. */
export function StreamView(props: StreamViewProps) {
  const { session, people, filter, personId, selectedSeq, onFilter, onPerson, onEvent } = props;
  const { model } = session;
  const pause = usePause(useRows(session, filter));
  const selected = selectedSeq === undefined ? undefined : rowOfSeq(model, selectedSeq);
  const { section, close } = useDetail(selectedSeq, () => onEvent(undefined));
  return (
    <section class={`split${selected ? ' has-detail' : ''}`} aria-label="Events" ref={section}>
      <div class="view">
        <StreamToolbar
          filter={filter}
          onFilter={onFilter}
          personId={personId}
          shownCount={pause.rows.length}
          totalCount={model.rows.length}
          isPaused={pause.isPaused}
          onPause={pause.toggle}
        />
        <VirtualList
          items={pause.rows}
          rowHeight={30}
          label="Events"
          keyOf={({ seq }) => String(seq)}
          selectedKey={selected && String(selected.seq)}
          onSelect={({ seq }) => onEvent(seq)}
          empty={
            isFiltering(filter)
              ? 'No event matches.'
              : `Waiting for events. Point a client at ${location.origin}`
          }
          renderRow={(row) => <EventRow row={row} warnings={model.warningsBySeq} />}
        />
      </div>
      {selected ? (
        <EventDetail
          row={selected}
          session={session}
          people={people}
          onClose={close}
          onPerson={onPerson}
          onEvent={onEvent}
        />
      ) : (
        <aside class="side" aria-label="Who is who">
          <header class="side-head">
            <h2 class="eyebrow">Who is who</h2>
            {props.isEmbedded && <ConnectionSign session={session} />}
          </header>
          <PeoplePicture
            groups={people}
            system={model.system}
            gutter={props.isEmbedded ? 56 : 72}
            onPerson={onPerson}
            onEvent={onEvent}
          />
          {people.length > 0 && !props.isEmbedded && <Legend />}
        </aside>
      )}
    </section>
  );
}
