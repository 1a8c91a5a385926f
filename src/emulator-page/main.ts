import { h, render } from 'preact';
import { createSession } from './live/session.js';
import { App } from './view/app.js';

const root = document.getElementById('app');
if (root) {
  const session = createSession();
  session.start();
  const isEmbedded = new URLSearchParams(location.search).get('embed') === '1';
  render(h(App, { session, isEmbedded }), root);
}
