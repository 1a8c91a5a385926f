import type { Emulator } from '../../../src/emulator/index.js';

/** Credentials of the project token `T` for /import. */
export const TOKEN_AUTH = `Basic ${Buffer.from('T:').toString('base64')}`;

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

/** Makes a request to the emulator and reads the answer whole. */
export async function send(
  emulator: Emulator,
  path: string,
  options: RequestInit = {},
): Promise<Answer> {
  const answer = await fetch(emulator.url + path, { redirect: 'manual', ...options });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: parse(text) };
}

/** Posts a value as JSON. */
export function postJson(
  emulator: Emulator,
  path: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(emulator, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  });
}

/** Posts a value to /track as the browser does, and reads the long answer. */
export function track(emulator: Emulator, value: unknown): Promise<Answer> {
  return send(emulator, '/track/?verbose=1', {
    method: 'POST',
    body: new URLSearchParams({ data: JSON.stringify(value) }),
  });
}

/** An event of the project `T`. */
export function eventOf(
  event: string,
  properties: Record<string, unknown> = {},
): { event: string; properties: Record<string, unknown> } {
  return { event, properties: { token: 'T', ...properties } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An image, a script, a page: the text is what the test looks at.
    return undefined;
  }
}
