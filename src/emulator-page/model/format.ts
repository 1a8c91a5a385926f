const DEVICE_PREFIX = '$device:';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_SHOWN_ID_LENGTH = 40;

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const calendar = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const counting = new Intl.NumberFormat('en-US');

/** Whether an id is written as Simplified ID Merge writes devices, with the `$device:` prefix. */
export function isDeviceId(id: string): boolean {
  return id.startsWith(DEVICE_PREFIX);
}

/** An id short enough for a list: no `$device:` prefix, and of a UUID both ends, since time-ordered ones begin alike. The full id belongs in a title. */
export function shortId(id: string): string {
  if (id === '') return '(empty id)';
  const bare = isDeviceId(id) ? id.slice(DEVICE_PREFIX.length) : id;
  if (UUID.test(bare)) return `${bare.slice(0, 4)}…${bare.slice(-4)}`;
  return bare.length > MAX_SHOWN_ID_LENGTH ? `${bare.slice(0, MAX_SHOWN_ID_LENGTH - 1)}…` : bare;
}

/** Milliseconds since 1970 from an event's `time`, which may be in seconds or milliseconds (T-13). */
export function eventTimeMs(time: unknown): number | undefined {
  const value = typeof time === 'string' && time !== '' ? Number(time) : time;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return value > 1e11 ? value : value * 1_000;
}

/** `14:03:22.417` in the reader's time zone, `14 Nov 14:03` for another day than today; a dash for no time. */
export function clockTime(ms: number | undefined, nowMs: number): string {
  if (ms === undefined || Number.isNaN(new Date(ms).getTime())) return '–';
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return isToday ? clock.format(ms) : day.format(ms).replace(',', '');
}

/** `23 Nov 2026, 14:03:22` in the reader's time zone; a dash for no time. */
export function calendarTime(ms: number | undefined): string {
  return ms === undefined || Number.isNaN(new Date(ms).getTime()) ? '–' : calendar.format(ms);
}

/** `10,000`. */
export function count(value: number): string {
  return counting.format(value);
}

/** `1 event`, `2 events`: the number with its noun; `plural` where an s is not enough. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** `812 B`, `1.4 kB`, `2.0 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1_000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
