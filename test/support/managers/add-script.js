/** Adds a script to the page, as a snippet does; resolves when it has run. */
export const addScript = (src) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
