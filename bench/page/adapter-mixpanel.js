const QUEUE_KEY = '__mpq_bench_ev';

/** How many writes made the stored queue longer: each is one event taken in. */
let grownCount = 0;
let queueLength = 0;
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function countingSetItem(key, value) {
  if (key === QUEUE_KEY) {
    if (value.length > queueLength) grownCount++;
    queueLength = value.length;
  }
  return setItem.call(this, key, value);
};

// JSON is its default for its own hosts; for any other it would send Base64, which is a third longer.
const init = (apiHost) =>
  window.mixpanel.init('bench', { api_host: apiHost, api_payload_format: 'json' });

/** How the workload drives mixpanel-browser, in its default settings. */
window.adapter = {
  create(source, apiHost) {
    const script = document.createElement('script');
    script.textContent = source;
    document.head.append(script);
    init(apiHost);
  },
  load(url, apiHost) {
    const script = document.createElement('script');
    script.src = url;
    return new Promise((resolve) => {
      script.onload = () => {
        const startMs = performance.now();
        init(apiHost);
        resolve(performance.now() - startMs);
      };
      document.head.append(script);
    });
  },
  track: (name, properties) => window.mixpanel.track(name, properties),
  isSettled: () => (localStorage.getItem(QUEUE_KEY) ?? '[]') === '[]',
  storedCount: () => grownCount,
  /**
   * Writes the queue as an earlier page would have left it; to be called before create(). Tracking so many takes it
   * minutes, and with ten properties each they are more than localStorage holds, so these have two.
   */
  async fill(events) {
    const items = events.map(([event, { plan, price }], index) => ({
      id: index.toString(36).padStart(16, '0'),
      flushAfter: Date.now() + 3_600_000,
      payload: {
        event,
        properties: {
          token: 'bench',
          distinct_id: '$device:00000000-0000-4000-8000-000000000000',
          $device_id: '00000000-0000-4000-8000-000000000000',
          time: Date.now() / 1_000,
          $insert_id: index.toString(36).padStart(16, '0'),
          plan,
          price,
        },
      },
    }));
    const text = JSON.stringify(items);
    queueLength = text.length;
    setItem.call(localStorage, QUEUE_KEY, text);
  },
};
