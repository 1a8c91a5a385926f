import { follow, onceLoaded } from './follow.js';
import type { ConsentSource } from './source.js';

/** What is read of the TCData object. */
interface TcData {
  readonly eventStatus: string;
  readonly gdprApplies?: boolean;
  readonly listenerId: number;
  readonly purpose: { readonly consents: Readonly<Record<number, boolean>> };
}

declare const __tcfapi: (
  command: string,
  version: 2,
  callback: (data: TcData | null, isSuccess: boolean) => void,
  parameter?: unknown,
) => void;

const ANSWERED = ['tcloaded', 'useractioncomplete'];

/** The purposes that the visitor consents to. */
export interface TcfOptions {
  /**
   * Ids of the purposes that must all have consent: 1 is storage on the device, 8 measuring content.
   *
   * @default [1, 8]
   */
  readonly purposes?: readonly number[];
}

/**
 * IAB Europe's Transparency and Consent Framework, 2.0 to 2.4. Where the GDPR does not apply, that is a grant. A dialog
 * that is open changes nothing until it is answered.
 */
export const tcf = ({ purposes = [1, 8] }: TcfOptions = {}): ConsentSource =>
  follow<TcData>(
    (data) =>
      ANSWERED.includes(data.eventStatus)
        ? data.gdprApplies === false || purposes.every((id) => data.purpose.consents[id])
        : undefined,
    onceLoaded((look, signal) => {
      let listenerId: unknown;
      __tcfapi('addEventListener', 2, (data, isSuccess) => {
        listenerId = data?.listenerId;
        if (data?.eventStatus !== 'cmpuishown') look((isSuccess && data) as TcData);
      });
      signal.onabort = () => __tcfapi('removeEventListener', 2, () => undefined, listenerId);
    }),
  );
