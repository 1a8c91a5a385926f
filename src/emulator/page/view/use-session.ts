import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { clustersOf } from '../model/model.js';
import { buildPeopleGraph, type PersonGroup } from '../model/people-graph.js';
import type { Row } from '../model/row.js';
import { rowMatcher, type RowFilter } from '../model/search.js';

/** Renders again whenever the session's model changes. */
export function useSession(session: Session): void {
  const [, setTick] = useState(0);
  useEffect(() => session.subscribe(() => setTick((tick) => tick + 1)), [session]);
}

/** The rows that the filter lets through, newest first. */
export function useRows({ model }: Session, filter: RowFilter): readonly Row[] {
  return useMemo(
    () => model.rows.filter(rowMatcher(filter, model.warningsBySeq)).reverse(),
    [model.rowsRevision, filter],
  );
}

/** Who is who, built anew only when rows or persons changed. */
export function usePeople({ model }: Session): readonly PersonGroup[] {
  return useMemo(
    () => buildPeopleGraph({ system: model.system, clusters: clustersOf(model), rows: model.rows }),
    [model.peopleRevision, model.rowsRevision],
  );
}
