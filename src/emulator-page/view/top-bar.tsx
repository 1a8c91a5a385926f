import { useMemo } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { problemCount } from '../model/tally.js';
import { calendarTime, count } from '../model/format.js';
import { ConnectionSign } from './connection-sign.js';

/** The views, in order, with the name each has in the address (`#people`). */
export const VIEWS = ['events', 'people', 'problems', 'profiles', 'requests', 'control'] as const;

/** One of the views. */
export type ViewName = (typeof VIEWS)[number];

const TITLES: Readonly<Record<ViewName, string>> = {
  events: 'Events',
  people: 'People',
  problems: 'Dropped & warnings',
  profiles: 'Profiles & groups',
  requests: 'Requests',
  control: 'Control',
};

const SYSTEM_TITLES = {
  simplified: 'Simplified ID Merge',
  original: 'Original ID Merge',
  legacy: 'Legacy identity',
} as const;

/** Clock differences below this are the two machines' own. */
const NOTABLE_LEAD_SECONDS = 5;

function useCounts({ model }: Session, personCount: number): Readonly<Record<ViewName, number>> {
  const groupCount = Object.values(model.groups).reduce(
    (sum, ids) => sum + Object.keys(ids).length,
    0,
  );
  const problems = useMemo(() => problemCount(model), [model.rowsRevision]);
  return {
    events: model.rows.length,
    people: personCount,
    problems,
    profiles: Object.keys(model.profiles).length + groupCount,
    requests: model.requests.length,
    control: 0,
  };
}

/** Name, project, connection, and the way to each view. */
export function TopBar(props: { session: Session; view: ViewName; personCount: number }) {
  const { session, view, personCount } = props;
  const { system, clockLeadSeconds } = session.model;
  const counts = useCounts(session, personCount);
  return (
    <header class="top-bar">
      <h1>
        <span class="blaze" aria-hidden="true" />
        waymark <span class="quiet">emulator</span>
      </h1>
      <nav aria-label="Views">
        {VIEWS.map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === view ? 'page' : undefined}>
            {TITLES[name]}
            {counts[name] > 0 && (
              <span class={`nav-count nav-count-${name}`}>{count(counts[name])}</span>
            )}
          </a>
        ))}
      </nav>
      <p class="project">
        {Math.abs(clockLeadSeconds) > NOTABLE_LEAD_SECONDS && (
          <span class="quiet">{calendarTime(Date.now() + clockLeadSeconds * 1_000)}</span>
        )}
        <span>{SYSTEM_TITLES[system]}</span>
        <ConnectionSign session={session} />
      </p>
    </header>
  );
}
