import { addScript } from './add-script.js';

globalThis.klaroConfig = {
  translations: { en: { purposes: { analytics: 'Analytics' } } },
  services: [{ name: 'waymark', purposes: ['analytics'] }],
};

const choose = (isGranted) => {
  const known = klaro.getManager();
  known.changeAll(isGranted);
  known.saveAndApplyConsents();
};

/** The real Klaro, by its script. */
globalThis.manager = {
  ready: addScript('/node_modules/klaro/dist/klaro-no-css.js'),
  grant: () => choose(true),
  refuse: () => choose(false),
};
