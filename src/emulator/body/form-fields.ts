import { isUtf8 } from 'node:buffer';
import type { ParameterName, SentParameters } from './sent-parameters.js';

/** Parameters that a route reads; whatever else a form holds is not unescaped. */
const NAMES: Readonly<Record<ParameterName, true>> = {
  verbose: true,
  ip: true,
  strict: true,
  img: true,
  callback: true,
  redirect: true,
  project_id: true,
  api_key: true,
  data: true,
};

/** Escaped three times over, the name of a parameter is no longer than that. */
const MAX_NAME_COUNT = 30;

const PERCENT = 0x25;

/** The parameters of a form; of a repeated one the last value. */
export function readForm(form: string): SentParameters {
  const last = new Map<string, string>();
  eachField(form, (name, start, _, end) => {
    if (Object.hasOwn(NAMES, name)) {
      last.set(name, form.slice(start, end));
    }
  });
  return Object.fromEntries(
    // An ampersand before it, because a question mark at the beginning would be left out.
    [...last].map(([name, field]) => [name, new URLSearchParams(`&${field}`).get(name) ?? '']),
  );
}

/**
 * Goes through the fields of a form, and calls `visit` with the name of each and where field, value and end are. A name
 * has its escapes undone, and is empty when it is longer than any that is known. A call for each instead of a list of all:
 * a form may have a million fields.
 */
export function eachField(
  form: string,
  visit: (name: string, start: number, valueStart: number, end: number) => void,
): void {
  for (let start = form.startsWith('?') ? 1 : 0; start <= form.length;) {
    const next = form.indexOf('&', start);
    const end = next === -1 ? form.length : next;
    // No more is looked at than a name may be long: in a form without an equals sign each field would be looked through.
    const field = form.slice(start, Math.min(end, start + MAX_NAME_COUNT + 1));
    const equals = field.indexOf('=');
    const name = equals === -1 ? field : field.slice(0, equals);
    visit(readName(name), start, equals === -1 ? end : start + equals + 1, end);
    start = end + 1;
  }
}

function readName(name: string): string {
  if (name.length > MAX_NAME_COUNT) {
    return '';
  }
  return /[%+]/.test(name) ? ([...new URLSearchParams(`&${name}`).keys()][0] ?? '') : name;
}

/** Whether the bytes that the percent signs of a form or a query stand for are UTF-8. */
export function isFormUtf8(form: Buffer): boolean {
  const unescaped = Buffer.alloc(form.length);
  let length = 0;
  for (let index = 0; index < form.length; index++) {
    const byte = form[index] ?? 0;
    const code = byte === PERCENT ? readHex(form, index + 1) : undefined;
    unescaped[length++] = code ?? byte;
    index += code === undefined ? 0 : 2;
  }
  return isUtf8(unescaped.subarray(0, length));
}

/** The byte that two digits stand for. */
function readHex(form: Buffer, index: number): number | undefined {
  const high = hexDigit(form[index]);
  const low = hexDigit(form[index + 1]);
  return high === undefined || low === undefined ? undefined : 16 * high + low;
}

function hexDigit(byte: number | undefined): number | undefined {
  const digit = byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? undefined : digit;
}
