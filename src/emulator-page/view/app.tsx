import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { idsOfPerson } from '../model/people-graph.js';
import { NO_FILTER, type RowFilter } from '../model/search.js';
import { ControlView } from './control-view.js';
import { IdKindsProvider, useIdKinds } from './id-kinds.js';
import { PeopleView } from './people-view.js';
import { ProblemsView } from './problems-view.js';
import { ProfilesView } from './profiles-view.js';
import { RequestsView } from './requests-view.js';
import { StreamView } from './stream-view.js';
import { TopBar, VIEWS, type ViewName } from './top-bar.js';
import { usePeople, useSession } from './use-session.js';

/** The view that the address names, kept there so that a reload and the back button keep it. */
function useView(): [ViewName, (view: ViewName) => void] {
  const read = () => VIEWS.find((name) => location.hash === `#${name}`) ?? 'events';
  const [view, setView] = useState<ViewName>(read);
  useEffect(() => {
    const follow = () => setView(read());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [view, (name) => void (location.hash = name)];
}

/** The whole page; embedded, only the stream and who is who, for a narrow panel beside a site. */
export function App({ session, isEmbedded }: { session: Session; isEmbedded: boolean }) {
  useSession(session);
  const people = usePeople(session);
  const kinds = useIdKinds(people);
  const [view, setView] = useView();
  const [search, setSearch] = useState<RowFilter>(NO_FILTER);
  const [personId, setPersonId] = useState<string | undefined>(undefined);
  const [selectedSeq, setSelectedSeq] = useState<number | undefined>(undefined);

  // Ids that join the person later belong to the filter from then on.
  const filter = useMemo(
    () => ({
      ...search,
      personIds: personId === undefined ? undefined : idsOfPerson(people, personId),
    }),
    [search, personId, people],
  );

  const showEvents = () => view === 'events' || setView('events');
  const applyFilter = (next: RowFilter) => {
    setSearch(next);
    if (!next.personIds) setPersonId(undefined);
    showEvents();
  };
  const showPerson = (id: string) => {
    setSearch(NO_FILTER);
    setPersonId(id);
    setSelectedSeq(undefined);
    showEvents();
  };
  const showEvent = (seq: number | undefined) => {
    setSelectedSeq(seq);
    if (seq !== undefined) showEvents();
  };

  const stream = (
    <StreamView
      session={session}
      people={people}
      filter={filter}
      personId={personId}
      selectedSeq={selectedSeq}
      onFilter={applyFilter}
      onPerson={showPerson}
      onEvent={showEvent}
      isEmbedded={isEmbedded}
    />
  );
  if (isEmbedded) {
    return (
      <main class="app is-embedded">
        <h1 class="visually-hidden">waymark emulator</h1>
        <IdKindsProvider value={kinds}>{stream}</IdKindsProvider>
      </main>
    );
  }
  const personCount = people.reduce((sum, group) => sum + group.persons.length, 0);
  return (
    <div class="app">
      <TopBar session={session} view={view} personCount={personCount} />
      <main>
        <IdKindsProvider value={kinds}>
          {view === 'events' && stream}
          {view === 'people' && (
            <PeopleView
              session={session}
              people={people}
              onPerson={showPerson}
              onEvent={showEvent}
            />
          )}
          {view === 'problems' && (
            <ProblemsView session={session} onFilter={applyFilter} onEvent={showEvent} />
          )}
          {view === 'profiles' && <ProfilesView session={session} />}
          {view === 'requests' && <RequestsView session={session} />}
          {view === 'control' && <ControlView session={session} />}
        </IdKindsProvider>
      </main>
    </div>
  );
}
