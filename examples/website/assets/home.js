/** The shelf to try: four clicks empty a jar, and an empty jar is on the list. */
import { element } from './elements.js';

const FULL = 4;
const JARS = [
  { name: 'Lentils', color: '#d9762b', level: 3 },
  { name: 'Oats', color: '#d8bd8a', level: 2 },
  { name: 'Beans', color: '#9c2f2f', level: 4 },
  { name: 'Rice', color: '#f1ead9', level: 3 },
  { name: 'Coffee', color: '#4a2f22', level: 1 },
];

const shelf = document.querySelector('[data-shelf]');
const list = document.querySelector('[data-list]');
const said = document.querySelector('[data-said]');

for (const jar of JARS) shelf.append(jarOf({ ...jar }));

function jarOf(jar) {
  const label = element('span', { className: 'jar-name' }, jar.name);
  const button = element('button', { type: 'button', className: 'jar' }, drawing(), label);
  button.style.setProperty('--fill', jar.color);
  const show = () => {
    button.style.setProperty('--level', jar.level / FULL);
    button.ariaLabel = `${jar.name}, ${jar.level} of ${FULL} left. ${jar.level ? 'Take some' : 'Refill'}`;
  };
  button.addEventListener('click', () => {
    if (jar.level === 0) refill(jar);
    else take(jar);
    show();
  });
  show();
  return button;
}

function take(jar) {
  jar.level -= 1;
  waymark.track('Jar Used', { jar: jar.name, left: jar.level });
  said.textContent = `${jar.name}: ${jar.level} of ${FULL} left.`;
  if (jar.level > 0) return;
  jar.line = element('li', {}, jar.name);
  list.append(jar.line);
  waymark.track('List Item Added', { item: jar.name });
  said.textContent = `${jar.name} is on the list.`;
}

function refill(jar) {
  jar.level = FULL;
  jar.line.remove();
  waymark.track('Jar Refilled', { jar: jar.name });
  said.textContent = `${jar.name} is full again.`;
}

/** A jar in outline; the style sheet fills it to `--level`. */
function drawing() {
  const holder = element('span', { className: 'jar-drawing' });
  holder.innerHTML = `
    <svg viewBox="0 0 100 140" aria-hidden="true">
      <clipPath id="glass"><path d="M22 28h56l12 20v76q0 12-12 12H22q-12 0-12-12V48z" /></clipPath>
      <g clip-path="url(#glass)"><rect class="jar-fill" x="0" y="44" width="100" height="96" /></g>
      <path class="jar-line" d="M22 28h56l12 20v76q0 12-12 12H22q-12 0-12-12V48z" />
      <path class="jar-lid" d="M20 6h60v22H20z" />
      <path class="jar-shine" d="M22 58v44" />
    </svg>`;
  return holder;
}
