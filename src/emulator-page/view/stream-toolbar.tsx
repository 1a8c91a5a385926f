import { useEffect, useRef } from 'preact/hooks';
import { counted, shortId } from '../model/format.js';
import { ROW_KINDS } from '../model/row.js';
import { isFiltering, NO_FILTER, type RowFilter } from '../model/search.js';

/** The filter of the stream, and how to change it. */
export interface StreamToolbarProps {
  readonly filter: RowFilter;
  readonly onFilter: (filter: RowFilter) => void;
  /** Whose events are shown; `undefined` for everybody's. */
  readonly personId: string | undefined;
  readonly shownCount: number;
  readonly totalCount: number;
  readonly isPaused: boolean;
  readonly onPause: () => void;
}

/** Puts the cursor into the search field when `/` is pressed outside of a field. */
function useSlashKey() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches('input, select');
      if (event.key !== '/' || inField || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  return field;
}

/** Search, kinds, the chosen person, and pause. */
export function StreamToolbar(props: StreamToolbarProps) {
  const { filter, onFilter, personId, shownCount, totalCount, isPaused, onPause } = props;
  const field = useSlashKey();
  return (
    <div class="toolbar">
      <input
        ref={field}
        type="search"
        class="search"
        placeholder="Search name, id, property  ( / )"
        aria-label="Search events"
        value={filter.query}
        onInput={(event) => onFilter({ ...filter, query: event.currentTarget.value })}
      />
      <div class="segments" role="group" aria-label="Show">
        {ROW_KINDS.map(([kind, name]) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filter.kind === kind}
            onClick={() => onFilter({ ...filter, kind })}
          >
            {name}
          </button>
        ))}
      </div>
      {personId !== undefined && (
        <button
          type="button"
          class="chip"
          title={`Show everybody, not only ${personId}`}
          onClick={() => onFilter({ ...filter, personIds: undefined })}
        >
          only {shortId(personId)} <span aria-hidden="true">×</span>
        </button>
      )}
      <span class="toolbar-end">
        <span class="quiet" role="status">
          {isFiltering(filter)
            ? `${shownCount.toLocaleString('en-US')} of ${counted(totalCount, 'event')}`
            : counted(totalCount, 'event')}
        </span>
        {isFiltering(filter) && (
          <button type="button" class="link" onClick={() => onFilter(NO_FILTER)}>
            Clear
          </button>
        )}
        <button type="button" aria-pressed={isPaused} onClick={onPause}>
          {isPaused ? 'Resume' : 'Pause'}
        </button>
      </span>
    </div>
  );
}
