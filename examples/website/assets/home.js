/** The shelf to try: four clicks empty a jar, and an empty jar is on the list. */
import { element } from './elements.js';

const FULL = 4;
const JARS = [
  {
    name: 'Lentils',
    color: '#d9762b',
    grain: '#b95a17',
    shape: 'M3 4a3 2.4 0 1 0 6 0a3 2.4 0 1 0-6 0',
    level: 3,
  },
  { name: 'Oats', color: '#d8bd8a', grain: '#b8985c', shape: 'M2 8q5-7 9-4q-3 6-9 4', level: 2 },
  {
    name: 'Beans',
    color: '#9c2f2f',
    grain: '#731c1f',
    shape: 'M2 6q1-5 6-3q4 2 1 4q-2-1-4 1q-3 1-3-2',
    level: 4,
  },
  { name: 'Rice', color: '#efe6d0', grain: '#cdbf9c', shape: 'M2 3l6 3M9 9l3-4', level: 3 },
  {
    name: 'Coffee',
    color: '#5b3a29',
    grain: '#38211a',
    shape: 'M2 6q4-6 9-2q-3 7-9 2l9-2',
    level: 1,
  },
];

const shelf = document.querySelector('[data-shelf]');
const list = document.querySelector('[data-list]');
const said = document.querySelector('[data-said]');

for (const jar of JARS) shelf.append(jarOf({ ...jar }));

function jarOf(jar) {
  const label = element('span', { className: 'jar-name' }, jar.name);
  const button = element('button', { type: 'button', className: 'jar' }, drawing(jar), label);
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

/** A jar in outline; the style sheet fills it to `--level` with grains of its own. */
function drawing({ name, grain, shape }) {
  const holder = element('span', { className: 'jar-drawing' });
  const glass = 'M22 28h56l12 20v76q0 12-12 12H22q-12 0-12-12V48z';
  holder.innerHTML = `
    <svg viewBox="0 0 100 140" aria-hidden="true">
      <clipPath id="glass-${name}"><path d="${glass}" /></clipPath>
      <pattern id="grain-${name}" width="14" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(24)">
        <path d="${shape}" fill="${grain}" stroke="${grain}" />
      </pattern>
      <path class="jar-glass" d="${glass}" />
      <g clip-path="url(#glass-${name})">
        <g class="jar-fill">
          <rect class="jar-content" y="44" width="100" height="96" />
          <rect y="46" width="100" height="94" fill="url(#grain-${name})" />
        </g>
      </g>
      <path class="jar-line" d="${glass}" />
      <path class="jar-lid" d="M20 6h60v22H20z" />
      <path class="jar-shine" d="M22 58v44" />
    </svg>`;
  return holder;
}
