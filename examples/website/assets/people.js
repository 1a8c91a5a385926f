/** The accounts of this demonstration, which live in the visitor's browser and nowhere else. */

const PEOPLE_KEY = 'larder.people';
const CURRENT_KEY = 'larder.current';

const FIRST_PEOPLE = [
  { id: 'user-mira', name: 'Mira', plan: 'pantry', stock: { Lentils: 3, Oats: 2, Coffee: 1 } },
  { id: 'user-jonas', name: 'Jonas', plan: 'shelf', stock: { Rice: 4, Tea: 2 } },
];
const FIRST_STOCK = { Oats: 3, Rice: 2, Beans: 1 };

/** Everyone who has a shelf, in the order they came. */
export const allPeople = () => JSON.parse(localStorage.getItem(PEOPLE_KEY)) ?? FIRST_PEOPLE;

/** Who is signed in, or `null`. */
export const currentPerson = () =>
  allPeople().find(({ id }) => id === localStorage.getItem(CURRENT_KEY)) ?? null;

/** Opens an account and signs in. */
export function signUp({ name, plan }) {
  const person = { id: freeId(name), name, plan, stock: FIRST_STOCK };
  savePeople([...allPeople(), person]);
  signIn(person.id);
  return person;
}

export const signIn = (id) => localStorage.setItem(CURRENT_KEY, id);
export const signOut = () => localStorage.removeItem(CURRENT_KEY);

/** Replaces what is on the shelf of the person signed in. */
export function saveStock(stock) {
  const current = currentPerson();
  savePeople(
    allPeople().map((person) => (person.id === current.id ? { ...person, stock } : person)),
  );
}

/** As if nobody had ever been here. */
export function forgetEveryone() {
  localStorage.removeItem(PEOPLE_KEY);
  localStorage.removeItem(CURRENT_KEY);
}

const savePeople = (people) => localStorage.setItem(PEOPLE_KEY, JSON.stringify(people));

/** `user-noor`, or `user-noor-2` when there is a Noor already. */
function freeId(name) {
  const letters = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const taken = new Set(allPeople().map(({ id }) => id));
  const base = `user-${letters || 'guest'}`;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  return id;
}
