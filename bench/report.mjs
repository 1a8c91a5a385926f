import { ROWS } from './rows.mjs';

/**
 * The figures of one client by scenario and name.
 *
 * @typedef {Record<string, Record<string, { median: number, q1: number, q3: number, count: number }>>} Figures
 */

/** Three digits are what a benchmark is good for; whole numbers stay whole. */
function number(value) {
  if (Number.isInteger(value) || Math.abs(value) >= 100)
    return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

const withUnit = (value, unit) => (unit ? `${number(value)} ${unit}` : number(value));

/** How many times less ours is; nothing where there is nothing to divide. */
const ratio = (ours, theirs) => (ours > 0 && theirs > 0 ? `${number(theirs / ours)}×` : '');

const present = (ours, theirs) =>
  ROWS.flatMap((row) => {
    const [a, b] = [ours, theirs].map((figures) => figures[row.scenario]?.[row.figure]);
    return a && b ? [{ ...row, a, b }] : [];
  });

/**
 * The table for the terminal, with the middle half of the samples beside each median.
 *
 * @param {Figures} ours
 * @param {Figures} theirs
 * @returns {string}
 */
export function textTable(ours, theirs) {
  const lines = [];
  let group = '';
  for (const row of present(ours, theirs)) {
    if (row.group !== group) lines.push('', row.group);
    group = row.group;
    const [a, b] = [row.a, row.b].map(
      (figure) => withUnit(figure.median, row.unit).padStart(12) + spread(figure).padEnd(18),
    );
    const times = ratio(row.a.median, row.b.median);
    lines.push(`  ${row.label.padEnd(44)}${a}${b}${times.padStart(8)}`);
  }
  const head = `  ${''.padEnd(44)}${'waymark'.padStart(12).padEnd(30)}${'mixpanel-browser'.padStart(12).padEnd(30)}`;
  return [head, ...lines].join('\n');
}

const spread = ({ q1, q3 }) => (q1 === q3 ? '' : `  ${number(q1)}–${number(q3)}`);

/**
 * The table for docs/performance.md: the lines that matter to somebody who chooses.
 *
 * @param {Figures} ours
 * @param {Figures} theirs
 * @param {{ ours: string, theirs: string }} versions
 * @returns {string}
 */
export function markdownTable(ours, theirs, versions) {
  const head = [
    `| | waymark ${versions.ours} | mixpanel-browser ${versions.theirs} | times less |`,
    '| --- | ---: | ---: | ---: |',
  ];
  const lines = present(ours, theirs)
    .filter(({ isShown }) => isShown)
    .map(({ group, label, unit, a, b }) => {
      const cells = [`${group}: ${label}`, withUnit(a.median, unit), withUnit(b.median, unit)];
      return `| ${cells.join(' | ')} | ${ratio(a.median, b.median)} |`;
    });
  return [...head, ...lines].join('\n');
}

/**
 * The targets, one a line.
 *
 * @param {readonly import('./targets.mjs').Verdict[]} verdicts
 * @returns {string}
 */
export const verdictLines = (verdicts) =>
  verdicts
    .map(
      ({ label, value, limit, isMet }) =>
        `  ${isMet ? 'met   ' : 'MISSED'}  ${label}: ${number(value)}, at most ${number(limit)}`,
    )
    .join('\n');
