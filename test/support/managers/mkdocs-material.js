const KEY = '/docs/.__consent';

/** Material writes what is accepted, and reloads the page. */
const choose = (accepted) => {
  localStorage.setItem(KEY, JSON.stringify(accepted));
  location.reload();
};

globalThis.__md_get = (key) => JSON.parse(localStorage.getItem(`/docs/.${key}`));
globalThis.manager = { grant: () => choose({ analytics: true }), refuse: () => choose({}) };
