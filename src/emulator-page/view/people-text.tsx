import type { ComponentChildren } from 'preact';
import type { IdentitySystemName } from '../../emulator/emulator-state.js';
import { explainRefusal } from '../model/explanation.js';
import { count, counted } from '../model/format.js';
import type { Person, PersonGroup } from '../model/people-graph.js';
import type { PersonNode } from '../model/person-node.js';
import { Some } from './some.js';
import { PersonId, type OnPerson } from './person-id.js';

function Ids({ nodes, onPerson }: { nodes: readonly PersonNode[]; onPerson: OnPerson }) {
  if (!nodes.length) return <span class="quiet">none</span>;
  return (
    <ul class="plain">
      <Some
        items={nodes}
        wrap={(button) => <li>{button}</li>}
        render={({ id }) => (
          <li key={id}>
            <PersonId id={id} onPerson={onPerson} isFull />
          </li>
        )}
      />
    </ul>
  );
}

function refusalSentences(person: Person, group: PersonGroup, system: IdentitySystemName) {
  const ids = new Set(person.nodes.map(({ id }) => id));
  return group.refusals
    .filter(({ from, to }) => ids.has(from) || ids.has(to))
    .map(({ from, to, code }) => `${from} with ${to}. ${explainRefusal(code, system).because}`);
}

/** Who is who in words: one person a row, with devices, users and aliases, events, and what was refused. */
export function PeopleText(props: {
  groups: readonly PersonGroup[];
  system: IdentitySystemName;
  onPerson: OnPerson;
}) {
  const { groups, system, onPerson } = props;
  const persons = groups.flatMap((group) => group.persons.map((person) => ({ person, group })));
  const more = (button: ComponentChildren) => (
    <tr>
      <td colSpan={5}>{button}</td>
    </tr>
  );
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Persons">
      <table class="table">
        <caption class="visually-hidden">{counted(persons.length, 'person', 'persons')}</caption>
        <thead>
          <tr>
            <th scope="col">Counts as</th>
            <th scope="col">Devices</th>
            <th scope="col">Users and aliases</th>
            <th scope="col" class="number">
              Events
            </th>
            <th scope="col">Refused</th>
          </tr>
        </thead>
        <tbody>
          <Some
            items={persons}
            wrap={more}
            render={({ person, group }) => (
              <tr key={person.canonical}>
                <th scope="row" class="id-full">
                  {person.canonical}
                </th>
                <td>
                  <Ids
                    nodes={person.nodes.filter(({ kind }) => kind === 'device')}
                    onPerson={onPerson}
                  />
                </td>
                <td>
                  <Ids
                    nodes={person.nodes.filter(({ kind }) => kind !== 'device')}
                    onPerson={onPerson}
                  />
                </td>
                <td class="number">
                  {count(person.nodes.reduce((sum, { eventCount }) => sum + eventCount, 0))}
                </td>
                <td>
                  <Some
                    items={refusalSentences(person, group, system)}
                    wrap={(button) => button}
                    render={(sentence) => <p key={sentence}>{sentence}</p>}
                  />
                </td>
              </tr>
            )}
          />
        </tbody>
      </table>
    </div>
  );
}
