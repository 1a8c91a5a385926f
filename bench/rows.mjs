/**
 * One line of the table: where its figure comes from, and how it is written.
 *
 * @typedef {object} Row
 * @property {string} group
 * @property {string} label
 * @property {string} scenario
 * @property {string} figure
 * @property {'B' | 'µs' | 'ms' | ''} unit
 * @property {boolean} [isShown] Whether it is in docs/performance.md, too.
 */

const row = (group, scenario) => (label, figure, unit, isShown) => ({
  group,
  scenario,
  label,
  figure,
  unit,
  isShown,
});

const size = row('Bytes', 'sizes');
const creation = row('Start, processor slowed down 4 times', 'creation');
const creationByTag = row('Start, processor slowed down 4 times', 'tag-creation');
const arrival = row('Single event after a quiet time', 'arrival');
const idle = row('One start without a track(), and 12 idle seconds after it', 'idle');

const tracking = (group, scenario) => {
  const line = row(group, scenario);
  return [
    line('track(), median', 'trackUs', 'µs', true),
    line('track(), mean', 'trackMeanUs', 'µs'),
    line('track(), 99 of 100 calls', 'trackP99Us', 'µs', true),
    line('main thread until delivered', 'mainMs', 'ms', true),
    line('time until the last one is delivered', 'deliveryMs', 'ms'),
  ];
};

const wire = (count) => {
  const line = row('Requests and bytes', `burst-${count}`);
  const events = count === 1 ? '1 event' : `a burst of ${count.toLocaleString('en')}`;
  return [
    line(`${events}: requests`, 'requests', '', count > 10),
    line(`${events}: body bytes per event`, 'bytesPerEvent', 'B', count === 1_000),
    line(`${events}: body bytes to JSON bytes`, 'bodyToJson', '', count === 1_000),
  ];
};

const backlog = (count) => {
  const line = row('50 events behind a queue, server down', `backlog-${count}`);
  const queued = `${count.toLocaleString('en')} queued`;
  return [
    line(`${queued}: track(), median`, 'trackUs', 'µs'),
    line(`${queued}: track(), mean`, 'trackMeanUs', 'µs', true),
    line(`${queued}: main thread until stored`, 'mainMs', 'ms', true),
  ];
};

/** @type {readonly Row[]} */
export const ROWS = [
  size('script tag, minified', 'scriptTagMinBytes', 'B'),
  size('script tag, gzip', 'scriptTagGzipBytes', 'B'),
  size('script tag, brotli', 'scriptTagBrotliBytes', 'B', true),
  size('bundled, minified', 'bundledMinBytes', 'B'),
  size('bundled, gzip', 'bundledGzipBytes', 'B'),
  size('bundled, brotli', 'bundledBrotliBytes', 'B', true),
  creation('evaluation and creation, script in the page', 'createMs', 'ms', true),
  creationByTag('evaluation and creation, loaded by a tag', 'createMs', 'ms', true),
  creation('main thread until quiet', 'startMainMs', 'ms'),
  ...tracking('1,000 events of ten properties in one task', 'burst-1000'),
  ...tracking('1,000 events of ten properties, a task each', 'singles-1000'),
  ...[0, 1_000, 10_000].flatMap(backlog),
  arrival('track() to stored by the server', 'arrivalMs', 'ms', true),
  ...[1, 10, 100, 1_000].flatMap(wire),
  idle('start: requests', 'startRequests', ''),
  idle('start: localStorage reads', 'startLocalStorageReads', ''),
  idle('start: localStorage writes', 'startLocalStorageWrites', ''),
  idle('start: cookie reads', 'startCookieReads', ''),
  idle('start: cookie writes', 'startCookieWrites', ''),
  idle('start: IndexedDB opens', 'startIdbOpens', ''),
  idle('start: IndexedDB transactions', 'startIdbTransactions', ''),
  idle('start: IndexedDB writes', 'startIdbWrites', ''),
  idle('start: timers set', 'startTimersSet', ''),
  idle('idle: requests', 'idleRequests', ''),
  idle('idle: localStorage reads', 'idleLocalStorageReads', ''),
  idle('idle: localStorage writes', 'idleLocalStorageWrites', ''),
  idle('idle: cookie reads', 'idleCookieReads', ''),
  idle('idle: IndexedDB transactions', 'idleIdbTransactions', ''),
  idle('idle: timers fired', 'idleTimersFired', '', true),
  idle('left: timers running', 'idleTimersLeft', '', true),
  idle('left: characters in localStorage', 'leftLocalStorageChars', ''),
  idle('left: characters in cookies', 'leftCookieChars', ''),
  idle('left: databases', 'leftDatabases', ''),
];
