/** The plans, by month or by year, and which one was looked at. */
import { element } from './elements.js';
import { PLANS } from './plans.js';

const MONTHS_PAID_A_YEAR = 10;
const list = document.querySelector('[data-plans]');
const billing = document.querySelector('[data-billing]');

list.append(...PLANS.map(planOf));
showPrices('monthly');
billing.addEventListener('change', ({ target }) => {
  showPrices(target.value);
  waymark.track('Billing Period Changed', { period: target.value });
});

function planOf(plan) {
  const choose = element(
    'a',
    {
      className: 'button',
      href: `/sign-up?plan=${plan.id}`,
      on: () => waymark.track('Plan Chosen', { plan: plan.id, period: period() }),
    },
    `Choose ${plan.name}`,
  );
  return element(
    'li',
    { className: 'tray plan', id: plan.id },
    element('h2', {}, plan.name),
    element('p', { className: 'price' }),
    element('p', { className: 'plan-line' }, plan.line),
    element('ul', {}, ...plan.has.map((thing) => element('li', {}, thing))),
    choose,
  );
}

function showPrices(chosen) {
  for (const plan of PLANS) {
    const coins = chosen === 'yearly' ? plan.monthly * MONTHS_PAID_A_YEAR : plan.monthly;
    const unit = chosen === 'yearly' ? 'a year' : 'a month';
    const price = document.querySelector(`#${plan.id} .price`);
    const parts = coins === 0 ? ['Free'] : [`${coins} `, element('span', {}, `coins ${unit}`)];
    price.replaceChildren(...parts);
  }
}

function period() {
  return billing.querySelector('input:checked').value;
}
