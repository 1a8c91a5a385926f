/**
 * A promise about the client, checked and reported; a miss fails nothing, for it may be the machine's.
 *
 * @typedef {object} Verdict
 * @property {string} label
 * @property {number} value
 * @property {number} limit
 * @property {boolean} isMet
 */

const share = (scenario, figure) => (ours, theirs) =>
  ours[scenario][figure].median / theirs[scenario][figure].median;

const own = (scenario, figure) => (ours) => ours[scenario][figure].median;

const grown = (figure) => (ours) =>
  ours['backlog-10000'][figure].median / ours['backlog-0'][figure].median;

const TARGETS = [
  ['track() median in µs, one task', 25, own('burst-1000', 'trackUs')],
  ['track() median in µs, a task each', 25, own('singles-1000', 'trackUs')],
  ['track() median as a share of the incumbent’s, one task', 0.05, share('burst-1000', 'trackUs')],
  [
    'track() median as a share of the incumbent’s, a task each',
    0.05,
    share('singles-1000', 'trackUs'),
  ],
  ['main thread as a share of the incumbent’s, one task', 0.1, share('burst-1000', 'mainMs')],
  ['main thread as a share of the incumbent’s, a task each', 0.1, share('singles-1000', 'mainMs')],
  ['track() mean with 10,000 queued, times that with none', 1.2, grown('trackMeanUs')],
  ['main thread with 10,000 queued, times that with none', 1.2, grown('mainMs')],
  [
    'evaluation and creation as a share of the incumbent’s, script in the page',
    0.1,
    share('creation', 'createMs'),
  ],
  [
    'evaluation and creation as a share of the incumbent’s, loaded by a tag',
    0.1,
    share('tag-creation', 'createMs'),
  ],
  ['median arrival in ms', 150, own('arrival', 'arrivalMs')],
  ['requests for a burst of 1,000', 5, own('burst-1000', 'requests')],
  ['body bytes to JSON bytes', 1.05, own('burst-1000', 'bodyToJson')],
];

/**
 * Holds the figures of ours, and of the incumbent, against the targets that they are enough for.
 *
 * @param {import('./report.mjs').Figures} ours
 * @param {import('./report.mjs').Figures} theirs
 * @returns {readonly Verdict[]}
 */
export function judge(ours, theirs) {
  return TARGETS.flatMap(([label, limit, measure]) => {
    try {
      const value = measure(ours, theirs);
      return [{ label, value, limit, isMet: value <= limit }];
    } catch (error) {
      // A scenario was left out of this run; what it would have told is not judged.
      if (error instanceof TypeError) return [];
      throw error;
    }
  });
}
