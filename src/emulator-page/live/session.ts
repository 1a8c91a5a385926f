import type { StreamMessage } from '../../emulator/stream/stream-message.js';
import { applyMessages, unseenMessages } from '../model/apply-message.js';
import { createModel, keptRow, putRow, rowOfSeq, setState, type Model } from '../model/model.js';
import { fetchState } from './control.js';

/** Time between two looks at profiles and groups while they keep changing. */
const PROFILE_REFRESH_MS = 500;

/** Whether the page hears the emulator. */
export type Connection = 'connecting' | 'live' | 'lost';

/** The page's link to the emulator: a model that is kept up to date. */
export interface Session {
  readonly model: Model;
  connection(): Connection;
  /** What went wrong last with the connection. */
  problem(): string;
  /** Opens the stream; it reconnects by itself for as long as the page lives. */
  start(): void;
  /** Calls back after every change, at most once a frame; returns the undo. */
  subscribe(listener: () => void): () => void;
  /** Fetches one person's events anew, for their properties as they are now. Never rejects. */
  refreshPerson(distinctId: string): Promise<void>;
}

/** A session that has not been started. */
export function createSession(): Session {
  const model = createModel();
  const listeners = new Set<() => void>();
  let connection: Connection = 'connecting';
  let problem = '';
  let waiting: StreamMessage[] = [];
  let isFetching = false;
  let isApplying = false;
  let profileTimer: ReturnType<typeof setTimeout> | undefined;

  const notify = () => {
    for (const listener of listeners) listener();
  };

  const lose = (reason: unknown) => {
    connection = 'lost';
    problem = String(reason);
    notify();
  };

  /** Fetches from the emulator; what goes wrong with it shows in the connection. */
  const attempt = async (fetching: () => Promise<void>): Promise<void> => {
    try {
      await fetching();
      connection = 'live';
      problem = '';
      notify();
    } catch (error) {
      lose(error);
    }
  };

  const fetchAll = async (): Promise<void> => {
    isFetching = true;
    await attempt(async () => {
      setState(model, await fetchState(), Date.now());
      waiting = unseenMessages(model, waiting);
    });
    isFetching = false;
    schedule();
  };

  const fetchProfiles = (): Promise<void> => {
    profileTimer = undefined;
    return attempt(async () => {
      const { profiles, groups } = await fetchState({ since: Number.MAX_SAFE_INTEGER });
      Object.assign(model, { profiles, groups });
    });
  };

  const apply = () => {
    isApplying = false;
    if (isFetching) return;
    const messages = waiting;
    waiting = [];
    // A hello or a reset makes everything before it void.
    const last = messages.findLastIndex(({ type }) => type === 'hello' || type === 'reset');
    const wanted = applyMessages(model, messages.slice(last + 1), Date.now());
    if (last >= 0) {
      void fetchAll();
    } else if (wanted.profiles) {
      profileTimer ??= setTimeout(() => void fetchProfiles(), PROFILE_REFRESH_MS);
    }
    notify();
  };

  /** Messages of one frame are applied together; a hidden page applies them when it is seen again. */
  const schedule = () => {
    if (isApplying || isFetching || !waiting.length) return;
    isApplying = true;
    requestAnimationFrame(apply);
  };

  return {
    model,
    connection: () => connection,
    problem: () => problem,
    start() {
      const stream = new EventSource('/_emulator/stream');
      stream.addEventListener('message', (event: MessageEvent<string>) => {
        waiting.push(JSON.parse(event.data) as StreamMessage);
        schedule();
      });
      stream.addEventListener('error', () => {
        lose('The stream ended; it is opened again by itself.');
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refreshPerson: (distinctId) =>
      attempt(async () => {
        const { events } = await fetchState({ distinctId });
        for (const event of events) {
          putRow(model, keptRow(event, rowOfSeq(model, event.seq)?.heardAtMs));
        }
      }),
  };
}
