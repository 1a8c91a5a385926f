/** What every page does: says who is signed in, signs out, counts the visit, and shows or hides the panel. */
import { currentPerson, forgetEveryone, signOut } from './people.js';
import { planName } from './plans.js';

const PANEL_KEY = 'larder.panel';
const page = document.documentElement;

const actions = {
  'sign-out': () => {
    waymark.track('Signed Out');
    waymark.reset();
    signOut();
    location.assign('/');
  },
  'toggle-panel': () => {
    localStorage.setItem(PANEL_KEY, page.dataset.panel === 'open' ? 'closed' : 'open');
    page.dataset.panel = localStorage.getItem(PANEL_KEY);
    showPanel();
    document
      .querySelector(page.dataset.panel === 'open' ? '.panel button' : '.panel-toggle')
      .focus();
  },
  forget: () => {
    waymark.reset();
    forgetEveryone();
    location.assign('/');
  },
};

for (const button of document.querySelectorAll('[data-action]')) {
  button.addEventListener('click', actions[button.dataset.action]);
}
showPerson();
showPanel();
waymark.track('Page Viewed', { page: document.body.dataset.page });

function showPerson() {
  const person = currentPerson();
  for (const part of document.querySelectorAll('[data-when]')) {
    part.hidden = (part.dataset.when === 'signed-in') !== (person !== null);
  }
  if (person === null) return;
  const shown = { ...person, initial: person.name[0].toUpperCase(), plan: planName(person.plan) };
  for (const part of document.querySelectorAll('[data-person]')) {
    part.textContent = shown[part.dataset.person];
  }
}

/** The frame is loaded when it is first seen: a closed panel asks the emulator for nothing. */
function showPanel() {
  const isOpen = page.dataset.panel === 'open';
  const frame = document.querySelector('.panel iframe');
  if (isOpen && !frame.src) frame.src = frame.dataset.src;
  document.querySelector('.panel-toggle').setAttribute('aria-expanded', String(isOpen));
}
