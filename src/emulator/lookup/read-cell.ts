const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const WHOLE = /^-?\d+$/;
/** Characters of a whole number that are looked at: longer ones are keys. */
const MAX_WHOLE_COUNT = 25;
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/i;

/** A cell by what it looks like (L-3); an empty one is nothing, `null` in JSON. */
export function readCell(text: string): unknown {
  if (text === '') {
    // oxlint-disable-next-line unicorn/no-null -- JSON
    return null;
  }
  if (/^(?:true|false)$/i.test(text)) {
    return text.toLowerCase() === 'true';
  }
  return readNumber(text) ?? readTime(text) ?? readList(text) ?? text;
}

/** A number that can be held. A whole one that would come out as another, such as a key of 20 digits, stays a text. */
function readNumber(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) && (!WHOLE.test(text) || isExact(text, number))
    ? // Zero has no sign.
      number + 0
    : undefined;
}

function isExact(digits: string, number: number): boolean {
  return (
    Number.isSafeInteger(number) ||
    (digits.length <= MAX_WHOLE_COUNT && BigInt(digits) === BigInt(number))
  );
}

/** A moment that there was: not 30 February, and not 25 o'clock. */
function readTime(text: string): string | undefined {
  const [whole, ...parts] = RFC_3339.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const [
    year = 0,
    month = 0,
    day = 0,
    hour = 0,
    minute = 0,
    second = 0,
    zoneHour = 0,
    zoneMinute = 0,
  ] = parts.map(Number);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = hour <= 23 && minute <= 59 && second <= 59;
  const isZone = !(zoneHour > 23 || zoneMinute > 59);
  return isDay && isTime && isZone ? new Date(text).toISOString() : undefined;
}

function daysIn(year: number, month: number): number {
  // The day before the first of the next month. A year below 100 would be one of the 20th century.
  return new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
}

function readList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
      ? value
      : undefined;
  } catch {
    // Not a list after all: a text may begin with a bracket.
    return undefined;
  }
}
