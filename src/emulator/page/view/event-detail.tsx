import { useEffect, useState } from 'preact/hooks';
import type { Warning } from '../../emulator-state.js';
import type { Session } from '../live/session.js';
import { explainDrop } from '../model/drop-reason.js';
import { explainRefusal, type Explanation } from '../model/explanation.js';
import { exportedProperties, sentProperties, type Origin } from '../model/exported-properties.js';
import { calendarTime, clockTime, eventTimeMs } from '../model/format.js';
import { identityStory, type StoryPart } from '../model/identity-story.js';
import { currentIdOf } from '../model/model.js';
import { personOf, type PersonGroup } from '../model/people-graph.js';
import { failureCode, type Row } from '../model/row.js';
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

type Links = Pick<EventDetailProps, 'onPerson' | 'onEvent'>;

const ORIGIN_NAMES: Readonly<Record<Origin, string | undefined>> = {
  sent: undefined,
  added: 'added',
  changed: 'resolved',
};

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
      {parts.map((part) => {
        if (typeof part === 'string') return part;
        return 'id' in part ? (
          <PersonId id={part.id} onPerson={onPerson} />
        ) : (
          <EventLink seq={part.seq} onEvent={onEvent} />
        );
      })}
    </p>
  );
}

/** A thing to look at: its code, why it is so, and what to change. */
function Notice({ code, because, change }: Partial<Explanation> & { code: string }) {
  return (
    <div class="notice">
      <code class="notice-code">{code}</code>
      <p>
        {because} {change && <strong>{change}</strong>}
      </p>
    </div>
  );
}

function Notices({ row, session }: { row: Row; session: Session }) {
  const { system, warningsBySeq } = session.model;
  const refusal = failureCode(row);
  const warnings: readonly Warning[] = warningsBySeq.get(row.seq) ?? [];
  return (
    <>
      {row.dropReason !== undefined && (
        <Notice code={row.dropReason} {...explainDrop(row.dropReason)} />
      )}
      {refusal !== undefined && <Notice code={refusal} {...explainRefusal(refusal, system)} />}
      {warnings.map((warning) => (
        <Notice key={warning.code} code={warning.code} because={warning.message} />
      ))}
    </>
  );
}

function PropertyTable({ row }: { row: Row }) {
  return (
    <table class="properties">
      <tbody>
        {exportedProperties(row).map(({ name, value, origin }) => (
          <tr key={name} class={origin === 'sent' ? undefined : 'is-added'}>
            <th scope="row">
              {name}
              {origin !== 'sent' && <span class="origin">{ORIGIN_NAMES[origin]}</span>}
            </th>
            <td>
              <JsonValue value={value} />
            </td>
          </tr>
        ))}
      </tbody>
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
        <pre class="json">{JSON.stringify(sent, null, 2)}</pre>
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
    <article class="detail" aria-label={`Event ${row.event}`}>
      <header class="detail-head">
        <h2>{row.event || `${row.endpoint} update`}</h2>
        <button type="button" class="close" aria-label="Close" onClick={onClose}>
          ×
        </button>
        <p class="quiet">
          #{row.seq} · {row.endpoint} ·{' '}
          <time title={clockTime(timeMs)}>{calendarTime(timeMs)}</time>
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
