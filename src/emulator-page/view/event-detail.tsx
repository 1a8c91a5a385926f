import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../live/session.js';
import {
  groupProperties,
  sentProperties,
  type ExportedProperty,
} from '../model/exported-properties.js';
import { calendarTime, eventTimeMs } from '../model/format.js';
import { identityStory, type StoryPart } from '../model/identity-story.js';
import { currentIdOf } from '../model/model.js';
import { personOf, type PersonGroup } from '../model/people-graph.js';
import { noticesOf } from '../model/notice.js';
import { rowTitle, type Row } from '../model/row.js';
import { JsonValue } from './json-value.js';
import { PersonId, type OnPerson } from './person-id.js';

/** What the detail of an event needs, and what can be done from it. */
export interface EventDetailProps {
  readonly row: Row;
  readonly session: Session;
  readonly people: readonly PersonGroup[];
  readonly onClose: () => void;
  readonly onPerson: OnPerson;
  readonly onEvent: (seq: number) => void;
}

/** What stands at the end of the word before it. */
const CLOSING_MARK = /^[.,;:]/;

type Links = Pick<EventDetailProps, 'onPerson' | 'onEvent'>;

function EventLink({ seq, onEvent }: { seq: number; onEvent: (seq: number) => void }) {
  return (
    <button type="button" class="link" onClick={() => onEvent(seq)}>
      #{seq}
    </button>
  );
}

function Story({ parts, onPerson, onEvent }: Links & { parts: readonly StoryPart[] }) {
  return (
    <p class="story">
      {parts.map((part, index) => {
        if (typeof part === 'string') return index > 0 ? part.replace(CLOSING_MARK, '') : part;
        const next = parts[index + 1];
        return (
          // A browser breaks the line between a button and a full stop.
          <span class="unbroken">
            {'id' in part ? (
              <PersonId id={part.id} onPerson={onPerson} />
            ) : (
              <EventLink seq={part.seq} onEvent={onEvent} />
            )}
            {typeof next === 'string' && CLOSING_MARK.exec(next)?.[0]}
          </span>
        );
      })}
    </p>
  );
}

function Notices({ row, session }: { row: Row; session: Session }) {
  const { system, warningsBySeq } = session.model;
  return (
    <>
      {noticesOf(row, warningsBySeq.get(row.seq) ?? [], system).map(({ code, because, change }) => (
        <div key={code} class="notice">
          <code class="notice-code">{code}</code>
          <p>
            {because} {change && <strong>{change}</strong>}
          </p>
        </div>
      ))}
    </>
  );
}

function PropertyRows({
  title,
  properties,
}: {
  title: string;
  properties: readonly ExportedProperty[];
}) {
  if (!properties.length) return undefined;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={2} class="eyebrow">
          {title}
        </th>
      </tr>
      {properties.map((property) => (
        <tr key={property.name}>
          <th scope="row">{property.name}</th>
          <td>
            <JsonValue value={property.value} />
            {'sentValue' in property && (
              <p class="quiet">
                sent as <JsonValue value={property.sentValue} />
              </p>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function PropertyTable({ row }: { row: Row }) {
  const { sent, service } = groupProperties(row);
  return (
    <table class="properties">
      <PropertyRows title="Sent" properties={sent} />
      <PropertyRows title="Added or changed by the service" properties={service} />
    </table>
  );
}

function Payload({ row }: { row: Row }) {
  const [isAsSent, setAsSent] = useState(false);
  const sent = { event: row.event, properties: sentProperties(row) };
  return (
    <section class="payload" aria-label="Payload">
      <div class="segments" role="group" aria-label="Show the payload">
        <button type="button" aria-pressed={!isAsSent} onClick={() => setAsSent(false)}>
          As exported
        </button>
        <button type="button" aria-pressed={isAsSent} onClick={() => setAsSent(true)}>
          As sent
        </button>
      </div>
      {isAsSent ? (
        <pre class="json">{JSON.stringify(sent, undefined, 2)}</pre>
      ) : (
        <PropertyTable row={row} />
      )}
    </section>
  );
}

/** Everything about one event: who it was taken for and why, what is wrong with it, its payload. */
export function EventDetail(props: EventDetailProps) {
  const { row, session, people, onClose, onPerson, onEvent } = props;
  const currentId = currentIdOf(session.model, row);
  useEffect(() => {
    if (row.isStale) void session.refreshPerson(currentId);
  }, [session, row.isStale, currentId]);

  const parts = identityStory(row, {
    system: session.model.system,
    currentId,
    idCount: personOf(people, row.ingestDistinctId)?.nodes.length ?? 1,
    joinSeqOf: (id) => personOf(people, id)?.joins.find(({ from }) => from === id)?.seq,
  });
  const timeMs = eventTimeMs(row.properties['time']);
  return (
    <article class="detail" aria-label={`Event ${rowTitle(row)}`}>
      <header class="detail-head">
        <h2>{rowTitle(row)}</h2>
        <button type="button" class="close" aria-label="Close" onClick={onClose}>
          ×
        </button>
        <p class="quiet">
          #{row.seq} · {row.endpoint} · happened {calendarTime(timeMs)}
        </p>
      </header>
      <Story parts={parts} onPerson={onPerson} onEvent={onEvent} />
      {row.duplicateOf !== null && (
        <p class="story">
          Replaced by <EventLink seq={row.duplicateOf} onEvent={onEvent} />, which has the same
          event, time, distinct id and $insert_id. Reports count it once.
        </p>
      )}
      <Notices row={row} session={session} />
      <Payload key={row.seq} row={row} />
    </article>
  );
}
