/** How the workload drives waymark. Every adapter has the same six members. */
window.adapter = {
  /** Evaluates the script and creates the client, as a script tag would, before it returns. */
  create(source, apiHost) {
    const script = document.createElement('script');
    script.dataset.token = 'bench';
    script.dataset.apiHost = apiHost;
    script.textContent = source;
    document.head.append(script);
  },
  /** Loads the script by a tag, as a page does; resolves to what creating took beside evaluating it, in milliseconds. */
  load(url, apiHost) {
    const script = document.createElement('script');
    script.dataset.token = 'bench';
    script.dataset.apiHost = apiHost;
    script.src = url;
    return new Promise((resolve) => {
      // Evaluating it has created the client.
      script.onload = () => resolve(0);
      document.head.append(script);
    });
  },
  track: (name, properties) => window.waymark.track(name, properties),
  /** Whether nothing waits any more, acknowledged by the server. */
  isSettled: () => window.waymark.stats().pending === 0,
  /** How many of this page's events are in storage, delivered or not. */
  storedCount: () => window.waymark.stats().stored,
  /** Fills the queue with events that cannot be delivered; to be called after create(). */
  async fill(events) {
    const CHUNK_COUNT = 500;
    for (let at = 0; at < events.length; at += CHUNK_COUNT) {
      for (const [name, properties] of events.slice(at, at + CHUNK_COUNT)) {
        window.waymark.track(name, properties);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  },
};
