import type { Session } from '../live/session.js';
import { explainDrop } from '../model/drop-reason.js';
import { count } from '../model/format.js';
import { tallyDrops, tallyWarnings, type Tally } from '../model/tally.js';
import type { RowFilter } from '../model/search.js';
import { NO_FILTER } from '../model/search.js';

type OnFilter = (filter: RowFilter) => void;
type OnEvent = (seq: number) => void;

function Seqs({ seqs, onEvent }: { seqs: readonly number[]; onEvent: OnEvent }) {
  const shown = seqs.slice(-5).reverse();
  return (
    <p class="quiet">
      {shown.length > 0 && 'Latest: '}
      {shown.map((seq) => (
        <button key={seq} type="button" class="link" onClick={() => onEvent(seq)}>
          #{seq}
        </button>
      ))}
    </p>
  );
}

function Entry(props: { tally: Tally; because: string; change?: string; onEvent: OnEvent }) {
  const { tally, because, change, onEvent } = props;
  return (
    <li class="problem">
      <span class="problem-count">{count(tally.count)}</span>
      <div>
        <code class="notice-code">{tally.code}</code>
        <p>
          {because} {change && <strong>{change}</strong>}
        </p>
        <Seqs seqs={tally.seqs} onEvent={onEvent} />
      </div>
    </li>
  );
}

/** What was dropped and what the service would have swallowed in silence, by reason, with what to change. */
export function ProblemsView(props: { session: Session; onFilter: OnFilter; onEvent: OnEvent }) {
  const { session, onFilter, onEvent } = props;
  const drops = tallyDrops(session.model.rows);
  const warnings = tallyWarnings(session.model.warnings, drops);
  return (
    <section class="view view-text" aria-label="Problems">
      <h2>
        Dropped
        {drops.length > 0 && (
          <button
            type="button"
            class="link"
            onClick={() => onFilter({ ...NO_FILTER, kind: 'dropped' })}
          >
            Show all in the stream
          </button>
        )}
      </h2>
      {drops.length === 0 && <p class="quiet">Nothing was dropped.</p>}
      <ul class="problems">
        {drops.map((tally) => (
          <Entry key={tally.code} tally={tally} {...explainDrop(tally.code)} onEvent={onEvent} />
        ))}
      </ul>
      <h2>
        Warnings
        {warnings.length > 0 && (
          <button
            type="button"
            class="link"
            onClick={() => onFilter({ ...NO_FILTER, kind: 'warnings' })}
          >
            Show all in the stream
          </button>
        )}
      </h2>
      {warnings.length === 0 && <p class="quiet">Nothing to warn of.</p>}
      <ul class="problems">
        {warnings.map((tally) => (
          <Entry key={tally.code} tally={tally} because={tally.message} onEvent={onEvent} />
        ))}
      </ul>
    </section>
  );
}
