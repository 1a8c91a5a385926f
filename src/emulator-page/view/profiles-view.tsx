import { useState } from 'preact/hooks';
import type { Properties } from '../../emulator/emulator-state.js';
import type { Session } from '../live/session.js';
import { counted } from '../model/format.js';
import { listProfiles, type ProfileEntry } from '../model/profile-list.js';
import { IdLabel } from './glyph.js';
import { JsonValue } from './json-value.js';
import { VirtualList } from './virtual-list.js';

function ProfileProperties({ entry }: { entry: ProfileEntry }) {
  const properties: Properties = entry.properties;
  return (
    <article class="detail" aria-label={`Profile ${entry.id}`}>
      <header class="detail-head">
        <h2>{entry.id}</h2>
        <p class="quiet">
          {entry.groupKey === undefined ? `Profile of a ${entry.owner}` : `Group, ${entry.owner}`}
        </p>
      </header>
      <table class="properties">
        <tbody>
          {Object.entries(properties).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <JsonValue value={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

/** Profiles of users and groups, with their properties. */
export function ProfilesView({ session }: { session: Session }) {
  const [query, setQuery] = useState('');
  const [selectedKey, setSelectedKey] = useState<string | undefined>(undefined);
  const entries = listProfiles(session.model, query);
  const selected = entries.find(({ key }) => key === selectedKey);
  return (
    <section class={selected ? 'split has-detail' : 'split'} aria-label="Profiles and groups">
      <div class="view">
        <div class="toolbar">
          <input
            type="search"
            class="search"
            placeholder="Search ids and properties"
            aria-label="Search profiles"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
          <span class="toolbar-end quiet" role="status">
            {counted(entries.length, 'profile')}
          </span>
        </div>
        <VirtualList
          items={entries}
          rowHeight={30}
          label="Profiles"
          keyOf={({ key }) => key}
          selectedKey={selectedKey}
          onSelect={({ key }) => setSelectedKey(key)}
          empty="Profiles appear here with the first update to /engage or /groups."
          renderRow={({ id, groupKey, owner, properties }) => (
            <div class="profile-row">
              {groupKey === undefined ? <IdLabel id={id} /> : <span class="id">{id}</span>}
              <span class="quiet">
                {owner} · {counted(Object.keys(properties).length, 'property', 'properties')}
              </span>
            </div>
          )}
        />
      </div>
      {selected && <ProfileProperties entry={selected} />}
    </section>
  );
}
