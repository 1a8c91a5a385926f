import { element } from './elements.js';
import { allPeople, currentPerson, signIn } from './people.js';
import { planName } from './plans.js';

/** Fills the page's list of people: one click signs in as that person, whoever is signed in now. */
export function showPeople() {
  const current = currentPerson();
  const others = allPeople().filter(({ id }) => id !== current?.id);
  document.querySelector('[data-people]').append(...others.map(rowOf));
}

function rowOf(person) {
  const become = () => {
    // Without a reset(): identify() itself keeps two people from sharing a device.
    waymark.identify(person.id);
    waymark.track('Signed In');
    signIn(person.id);
    location.assign('/account');
  };
  return element(
    'li',
    {},
    element('b', { className: 'initial', ariaHidden: 'true' }, person.name[0].toUpperCase()),
    element('span', {}, person.name, element('small', {}, planName(person.plan))),
    element(
      'button',
      { type: 'button', className: 'quiet small', on: become },
      `Sign in as ${person.name}`,
    ),
  );
}
