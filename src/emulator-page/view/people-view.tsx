import { useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import { counted } from '../model/format.js';
import { groupMatches, type PersonGroup } from '../model/people-graph.js';
import { queryWords } from '../model/search.js';
import { Legend } from './legend.js';
import { PeoplePicture } from './people-picture.js';
import { PeopleText } from './people-text.js';
import type { OnPerson } from './person-id.js';

/** Who is who, on a page of its own: as a picture or in words, with a search. */
export function PeopleView(props: {
  session: Session;
  people: readonly PersonGroup[];
  onPerson: OnPerson;
  onEvent: (seq: number) => void;
}) {
  const { session, people, onPerson, onEvent } = props;
  const [query, setQuery] = useState('');
  const [isText, setText] = useState(false);
  const words = queryWords(query);
  const groups = people.filter((group) => groupMatches(group, words));
  const { system } = session.model;
  const personCount = groups.reduce((sum, group) => sum + group.persons.length, 0);
  return (
    <section class="view" aria-label="People">
      <h2 class="visually-hidden">Who is who</h2>
      <div class="toolbar">
        <input
          type="search"
          class="search"
          placeholder="Search ids"
          aria-label="Search ids"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <div class="segments" role="group" aria-label="Show people as">
          <button type="button" aria-pressed={!isText} onClick={() => setText(false)}>
            Picture
          </button>
          <button type="button" aria-pressed={isText} onClick={() => setText(true)}>
            Text
          </button>
        </div>
        <Legend />
        <span class="toolbar-end quiet" role="status">
          {counted(personCount, 'person', 'persons')}
        </span>
      </div>
      {isText ? (
        <PeopleText groups={groups} system={system} onPerson={onPerson} />
      ) : (
        <div class="wide-picture">
          <PeoplePicture
            groups={groups}
            system={system}
            gutter={112}
            onPerson={onPerson}
            onEvent={onEvent}
          />
        </div>
      )}
    </section>
  );
}
