import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { sendCommand } from '../live/control.js';
import type { Session } from '../live/session.js';
import { calendarTime } from '../model/format.js';
import type { Fault } from '../../emulator/faults/fault.js';
import { faultOf, faultText } from '../model/fault.js';

/** Says what came of a command: nothing yet, done, or what the emulator answered. */
function useCommand() {
  const [outcome, setOutcome] = useState('');
  const run = async (done: string, ...command: Parameters<typeof sendCommand>) => {
    try {
      await sendCommand(...command);
      setOutcome(done);
      return true;
    } catch (error) {
      setOutcome(`Refused. ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  return { outcome, run };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function CommandForm(props: {
  title: string;
  action: string;
  onSend: (form: FormData) => void;
  outcome: string;
  children: ComponentChildren;
  more?: ComponentChildren;
}) {
  return (
    <form
      class="command"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend(new FormData(event.currentTarget));
      }}
    >
      <h2>{props.title}</h2>
      {props.children}
      <p class="command-end">
        <button type="submit">{props.action}</button>
        {props.more}
        <span class="quiet" role="status">
          {props.outcome}
        </span>
      </p>
    </form>
  );
}

function ResetForm({ session }: { session: Session }) {
  const { outcome, run } = useCommand();
  const reset = (form: FormData) => {
    const token = textOf(form, 'token');
    const project = { system: textOf(form, 'system'), ...(token && { token }) };
    void run('Emptied.', 'reset', project);
  };
  return (
    <CommandForm title="Project" action="Empty everything" onSend={reset} outcome={outcome}>
      <p class="quiet">
        Forgets every event, profile and request, and starts over with these settings.
      </p>
      <label>
        ID Merge
        <select name="system" key={session.model.system} defaultValue={session.model.system}>
          {['simplified', 'original', 'legacy'].map((system) => (
            <option key={system} value={system} selected={system === session.model.system}>
              {system}
            </option>
          ))}
        </select>
      </label>
      <label>
        Token <input name="token" placeholder="the first one to arrive" autocomplete="off" />
      </label>
    </CommandForm>
  );
}

function ClockForm({ session }: { session: Session }) {
  const { outcome, run } = useCommand();
  const { clockLeadSeconds } = session.model;
  const nowMs = Date.now() + clockLeadSeconds * 1_000;
  const set = (form: FormData) => {
    const now = new Date(textOf(form, 'now')).getTime() / 1_000;
    void run('The clock stands.', 'clock', { now });
  };
  return (
    <CommandForm
      title="Clock"
      action="Set"
      onSend={set}
      outcome={outcome}
      more={
        <button type="button" onClick={() => void run('Real time again.', 'clock', {})}>
          Real time
        </button>
      }
    >
      <p class="quiet">
        The emulator believes it is {calendarTime(nowMs)}. A clock that was set stands still.
      </p>
      <label>
        Date and time <input type="datetime-local" name="now" step="1" required />
      </label>
    </CommandForm>
  );
}

const FAULT_FIELDS = [
  ['path', 'Path', 'every path'],
  ['status', 'Status', '503'],
  ['retryAfter', 'Retry-After', 'none'],
  ['delayMs', 'Delay in ms', 'none'],
  ['times', 'Times', 'until cleared'],
] as const;

function FaultForm() {
  const { outcome, run } = useCommand();
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const replace = async (next: readonly Fault[], done: string) => {
    if (await run(done, 'faults', next)) setFaults(next);
  };
  const add = (form: FormData) => {
    const fault = faultOf((name) => textOf(form, name));
    void replace([...faults, fault], 'In force.');
  };
  return (
    <CommandForm
      title="Faults"
      action="Add fault"
      onSend={add}
      outcome={outcome}
      more={
        <button type="button" onClick={() => void replace([], 'No faults.')}>
          Clear all
        </button>
      }
    >
      <p class="quiet">Makes the emulator misbehave, to see what the client makes of it.</p>
      {faults.length > 0 && (
        <ul class="faults">
          {faults.map((fault, index) => (
            <li key={index}>{faultText(fault)}</li>
          ))}
        </ul>
      )}
      {FAULT_FIELDS.map(([name, label, placeholder]) => (
        <label key={name}>
          {label} <input name={name} placeholder={placeholder} autocomplete="off" />
        </label>
      ))}
      <label>
        Cut the connection
        <select name="cut">
          <option value="">no</option>
          <option value="before">before storing</option>
          <option value="after">after storing</option>
        </select>
      </label>
    </CommandForm>
  );
}

/** What can be done to the emulator: empty it, set its clock, make it misbehave. */
export function ControlView({ session }: { session: Session }) {
  return (
    <section class="view view-text commands" aria-label="Control">
      <ResetForm session={session} />
      <ClockForm session={session} />
      <FaultForm />
    </section>
  );
}
