import { report } from '../report.js';
import type { StreamListener, StreamMessage } from './stream-message.js';

/** What kind of message it is. */
type MessageType = StreamMessage['type'];

/** Hands messages to whoever listens. */
export interface StreamHub {
  publish(message: StreamMessage): void;
  /** Whether anyone wants messages of this type: what is costly to make is not made for nobody. */
  isHeard(type: MessageType): boolean;
  /** Hands on all messages, or those of the types that are named. Answers its own undo. */
  subscribe(listener: StreamListener, types?: readonly MessageType[]): () => void;
}

/** A hub without listeners. A listener that throws does not keep the others from hearing. */
export function createStreamHub(): StreamHub {
  const listeners = new Set<{
    readonly listener: StreamListener;
    wants(type: MessageType): boolean;
  }>();
  return {
    publish(message) {
      for (const { listener, wants } of listeners) {
        if (!wants(message.type)) {
          continue;
        }
        try {
          listener(message);
        } catch (cause) {
          report('a listener of the stream threw:', cause);
        }
      }
    },
    isHeard: (type) => [...listeners].some(({ wants }) => wants(type)),
    subscribe(listener, types) {
      const entry = { listener, wants: (type: MessageType) => types?.includes(type) ?? true };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
