/** What the bench asks of a page; all of it drives the client through `window.adapter`. */

/** An event with ten properties, of the kinds that shops and products send. */
function makeEvent(index) {
  return [
    'Product Viewed',
    {
      plan: 'professional',
      price: 49.9 + index,
      currency: 'EUR',
      index,
      is_trial: index % 2 === 0,
      category: 'Shoes & Socks',
      title: 'Trail Runner “Fjäll” 42',
      link: `/shop/item?id=${index}&from=search&q=trail+shoes`,
      tags: ['new', 'sale', 'outdoor'],
      cart: { items: 3, total: 149.7 },
    },
  ];
}

const makeEvents = (count) => Array.from({ length: count }, (_, index) => makeEvent(index));

/** Calls back in tasks of their own, without the clamp that nested timeouts have. */
function inOwnTasks(count, call) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    let index = 0;
    port1.onmessage = () => {
      call(index++);
      if (index < count) port2.postMessage(null);
      else resolve();
    };
    port2.postMessage(null);
  });
}

window.workload = {
  /** Fetches the client's script, which is not part of any measurement. */
  async load() {
    this.source = await (await fetch('/client.js')).text();
    this.apiHost = (await (await fetch('/api-host')).text()).trim();
  },

  /** Evaluates the script and creates the client; milliseconds. */
  create() {
    const startMs = performance.now();
    window.adapter.create(this.source, this.apiHost);
    return performance.now() - startMs;
  },

  /** The same by a script tag; what creating took beside evaluating the script, in milliseconds. */
  createByTag() {
    return window.adapter.load('/client.js?tag', this.apiHost);
  },

  fill: (count) => window.adapter.fill(makeEvents(count)),

  /** Prepares events, so that making them is not measured. */
  prepare(count) {
    this.events = makeEvents(count);
  },

  /** Tracks what was prepared in one task. */
  burst() {
    const { events } = this;
    const stampsMs = new Float64Array(events.length + 1);
    stampsMs[0] = performance.now();
    for (let index = 0; index < events.length; index++) {
      window.adapter.track(events[index][0], events[index][1]);
      stampsMs[index + 1] = performance.now();
    }
    this.durationsMs = Array.from(events, (_, index) => stampsMs[index + 1] - stampsMs[index]);
  },

  /** Tracks what was prepared, each event in a task of its own. */
  async singles() {
    const { events } = this;
    const durationsMs = new Float64Array(events.length);
    await inOwnTasks(events.length, (index) => {
      const startMs = performance.now();
      window.adapter.track(events[index][0], events[index][1]);
      durationsMs[index] = performance.now() - startMs;
    });
    this.durationsMs = Array.from(durationsMs);
  },

  /** Tracks one event; the time before the call, in milliseconds since 1970 by this page's clock. */
  trackOne(index) {
    const [name, properties] = makeEvent(index);
    const atMs = performance.timeOrigin + performance.now();
    window.adapter.track(name, properties);
    return atMs;
  },

  /** How far the server's clock is ahead of this page's, by the quickest of some round trips; milliseconds. */
  async clockOffset() {
    const trips = [];
    for (let trip = 0; trip < 15; trip++) {
      const sentMs = performance.timeOrigin + performance.now();
      const serverMs = Number(await (await fetch('/now')).text());
      const backMs = performance.timeOrigin + performance.now();
      trips.push({ tripMs: backMs - sentMs, offsetMs: serverMs - (sentMs + backMs) / 2 });
    }
    return trips.reduce((a, b) => (b.tripMs < a.tripMs ? b : a)).offsetMs;
  },
};
