import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { clustersOf } from '../model/model.js';
import { buildPeopleGraph, type PersonGroup } from '../model/people-graph.js';
import type { Row } from '../model/row.js';
import { rowMatcher, type RowFilter } from '../model/search.js';

/** Time between two pictures of who is who while events keep coming. */
const PEOPLE_REFRESH_MS = 250;

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

/** Who is who, built anew when rows or persons changed, though not oftener than the eye can follow. */
export function usePeople({ model }: Session): readonly PersonGroup[] {
  const revision = model.peopleRevision + model.rowsRevision;
  const build = () => ({
    revision,
    builtAtMs: Date.now(),
    groups: buildPeopleGraph({
      system: model.system,
      clusters: clustersOf(model),
      rows: model.rows,
    }),
  });
  const [graph, setGraph] = useState(build);
  useEffect(() => {
    if (graph.revision === revision) return undefined;
    const waitMs = Math.max(0, graph.builtAtMs + PEOPLE_REFRESH_MS - Date.now());
    const timer = setTimeout(() => setGraph(build), waitMs);
    return () => clearTimeout(timer);
  }, [graph, revision]);
  return graph.groups;
}
