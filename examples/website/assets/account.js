/** The shelf of the person signed in. */
import { element } from './elements.js';
import { currentPerson, saveStock } from './people.js';
import { showPeople } from './people-list.js';

const list = document.querySelector('[data-stock]');
const form = document.querySelector('[data-form=add]');

if (currentPerson() !== null) {
  showStock();
  showPeople();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const item = form.elements.item.value.trim();
  if (item === '') return;
  const isNew = !(item in currentPerson().stock);
  if (isNew) list.append(rowOf(item, 0));
  list.querySelector(`[data-item="${CSS.escape(item)}"] .buy`).click();
  form.reset();
});

function showStock() {
  const { stock } = currentPerson();
  list.append(...Object.entries(stock).map(([item, count]) => rowOf(item, count)));
}

/** One line of the shelf, with buttons that take from it and add to it. */
function rowOf(item, firstCount) {
  let count = firstCount;
  const shown = element('output', {}, String(count));
  const change = (by) => {
    count += by;
    saveStock({ ...currentPerson().stock, [item]: count });
    shown.value = String(count);
    use.disabled = count === 0;
  };
  const use = stepButton('−', `Use one ${item}`, () => {
    change(-1);
    waymark.track(count === 0 ? 'Item Used Up' : 'Item Used', { item, left: count });
  });
  const buy = stepButton('+', `Buy one ${item}`, () => {
    change(1);
    waymark.track('Item Bought', { item, left: count });
  });
  buy.classList.add('buy');
  use.disabled = count === 0;
  const row = element('li', {}, element('span', {}, item), use, shown, buy);
  row.dataset.item = item;
  return row;
}

function stepButton(text, ariaLabel, on) {
  return element('button', { type: 'button', className: 'quiet step', ariaLabel, on }, text);
}
