import { report } from './report.js';
import type { StreamListener, StreamMessage } from './stream-message.js';

/** Hands messages to whoever listens. */
export interface StreamHub {
  publish(message: StreamMessage): void;
  /** Whether anyone listens: what is costly to make is not made for nobody. */
  isHeard(): boolean;
  /** Answers its own undo. */
  subscribe(listener: StreamListener): () => void;
}

/** A hub without listeners. A listener that throws does not keep the others from hearing. */
export function createStreamHub(): StreamHub {
  const listeners = new Set<StreamListener>();
  return {
    publish(message) {
      for (const listener of listeners) {
        try {
          listener(message);
        } catch (cause) {
          report('a listener of the stream threw:', cause);
        }
      }
    },
    isHeard: () => listeners.size > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
