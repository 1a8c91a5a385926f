/** What Larder costs, in whole coins a month. */
export const PLANS = [
  { id: 'shelf', name: 'Shelf', monthly: 0, line: 'For one cook.', has: ['12 jars', 'One list'] },
  {
    id: 'pantry',
    name: 'Pantry',
    monthly: 4,
    line: 'For a household.',
    has: ['As many jars as fit', 'Lists for every shop', 'Meals from what is there'],
  },
  {
    id: 'cellar',
    name: 'Cellar',
    monthly: 9,
    line: 'For those who preserve.',
    has: ['Everything in Pantry', 'Dates and batches', 'A label printer'],
  },
];

/** The name of a plan for people. */
export const planName = (id) => PLANS.find((plan) => plan.id === id)?.name ?? id;
