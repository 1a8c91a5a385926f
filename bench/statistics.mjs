/**
 * A value that so many of the others do not exceed.
 *
 * @param {readonly number[]} values At least one.
 * @param {number} share From 0 to 1.
 * @returns {number}
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

/** The arithmetic mean. */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The middle value; of an even number of values the mean of the middle two. */
export const median = (values) => quantile(values, 0.5);

/**
 * The middle and the spread of each figure.
 *
 * @param {readonly Readonly<Record<string, number>>[]} samples All with the same figures.
 * @returns {Record<string, { median: number, q1: number, q3: number, count: number }>}
 */
export function summarize(samples) {
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = samples.map((sample) => sample[name] ?? 0);
      const [q1, q3] = [quantile(values, 0.25), quantile(values, 0.75)];
      return [name, { median: median(values), q1, q3, count: values.length }];
    }),
  );
}

/** Milliseconds since 1970, with fractions. */
export const wallMs = () => performance.timeOrigin + performance.now();
