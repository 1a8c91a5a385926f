import type { SentParameters } from './sent-parameters.js';

/** A request to one of the service's paths, read whole and unpacked. */
export interface ServiceRequest {
  readonly method: string;
  /** As sent; routes see it without a slash at the end. */
  readonly path: string;
  /** Whatever was sent; the routes read what is described, and nothing else. */
  readonly query: SentParameters;
  /** Whether the query was UTF-8, its escapes undone. @default true */
  readonly isQueryUtf8?: boolean;
  readonly contentType: string;
  /** The `Authorization` header; empty when there was none. */
  readonly authorization: string;
  readonly body: Buffer;
  /** Address of the sender. */
  readonly address: string;
  /** `Host` header, for redirects that stay on the same origin. */
  readonly host: string;
}

/** What the service answers. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Records that the request held. */
  readonly records: number;
}

/** An answer in JSON. */
export function jsonAnswer(
  status: number,
  value: unknown,
  records = 0,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
    records,
  };
}
