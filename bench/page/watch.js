/** Counts what a client does to a page; loaded before it. Reading is counted too, for it costs as much as writing. */
(() => {
  const counts = {};
  const count = (name) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const wrap = (target, method, name) => {
    const original = target[method];
    target[method] = function counted(...args) {
      count(name);
      return original.apply(this, args);
    };
  };

  wrap(Storage.prototype, 'getItem', 'localStorageReads');
  wrap(Storage.prototype, 'setItem', 'localStorageWrites');
  wrap(Storage.prototype, 'removeItem', 'localStorageWrites');
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(document, 'cookie', {
    get() {
      count('cookieReads');
      return cookie.get.call(document);
    },
    set(value) {
      count('cookieWrites');
      cookie.set.call(document, value);
    },
  });
  wrap(IDBFactory.prototype, 'open', 'idbOpens');
  wrap(IDBDatabase.prototype, 'transaction', 'idbTransactions');
  for (const method of ['put', 'add', 'delete', 'clear']) {
    wrap(IDBObjectStore.prototype, method, 'idbWrites');
  }
  wrap(window, 'fetch', 'requests');
  wrap(XMLHttpRequest.prototype, 'send', 'requests');
  wrap(Navigator.prototype, 'sendBeacon', 'requests');

  const timers = new Set();
  const setTimer = window.setTimeout;
  const clearTimer = window.clearTimeout;
  window.setTimeout = (call, ...rest) => {
    count('timersSet');
    const timer = setTimer(
      () => {
        timers.delete(timer);
        count('timersFired');
        call();
      },
      ...rest,
    );
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimer(timer);
  };
  const setRepeating = window.setInterval;
  window.setInterval = (...args) => {
    count('timersSet');
    const timer = setRepeating(...args);
    timers.add(timer);
    return timer;
  };

  window.watch = {
    /** Forgets what was counted; timers that run keep running. */
    restart: () => Object.keys(counts).forEach((name) => delete counts[name]),
    /** What was counted, and the timers that are set now. */
    read: () => ({ ...counts, timersLeft: timers.size }),
  };
})();
