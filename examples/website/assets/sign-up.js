/** Two ways in: a new account, or one that is there already. */
import { element } from './elements.js';
import { signUp } from './people.js';
import { showPeople } from './people-list.js';
import { PLANS } from './plans.js';

const form = document.querySelector('[data-form=sign-up]');
const { name, plan } = form.elements;
const wanted = new URLSearchParams(location.search).get('plan');

plan.append(
  ...PLANS.map((offer) =>
    element(
      'option',
      { value: offer.id, selected: offer.id === wanted },
      `${offer.name}. ${offer.line}`,
    ),
  ),
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const person = signUp({ name: name.value.trim(), plan: plan.value });
  waymark.identify(person.id);
  waymark.track('Signed Up', { plan: person.plan });
  // At once: what was tracked is stored, and needs no page to wait for it.
  location.assign('/account');
});
showPeople();
