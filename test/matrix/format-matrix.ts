import { ENGINES, type Engine } from '../../scripts/browsers.mjs';
import type { RowResult } from './result.js';
import type { FaultRow } from './scene.js';

const TITLES: Readonly<Record<Engine, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKitGTK',
};
/** What stands where a row was not run, so that half a matrix is not taken for a whole one. */
const NOT_RUN = 'not run';

/** The matrix as Markdown: a line for each fault, a column for each engine, and below it what could not be staged. */
export function formatMatrix(rows: readonly FaultRow[], results: readonly RowResult[]): string {
  const cell = (row: FaultRow, engine: Engine): string => {
    const result = results.findLast((each) => each.name === row.name && each.engine === engine);
    if (result) return figures(result);
    return row.cannot?.[engine] === undefined ? NOT_RUN : 'not staged';
  };
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `Each figure: delivered / lost / doubled before deduplication / doubled after it / out of order. ${totals(results)}`,
    '',
    line(['fault', 'tracked', ...ENGINES.map((engine) => TITLES[engine])]),
    line(['---', '--:', ...ENGINES.map(() => '--:')]),
    ...rows.map((row) =>
      line([row.name, row.tracked, ...ENGINES.map((engine) => cell(row, engine))]),
    ),
    '',
    ...notes(rows),
    '',
  ].join('\n');
}

const figures = (result: RowResult): string =>
  [result.delivered, result.lost, result.duplicatesBefore, result.doubled, result.outOfOrder].join(
    ' / ',
  );

function totals(results: readonly RowResult[]): string {
  const sum = (pick: (result: RowResult) => number) =>
    results.reduce((total, result) => total + pick(result), 0).toLocaleString('en-US');
  return (
    `Together: ${sum(({ tracked }) => tracked)} tracked, ${sum(({ lost }) => lost)} lost, ` +
    `${sum(({ doubled }) => doubled)} counted twice, ${sum(({ outOfOrder }) => outOfOrder)} out of order.`
  );
}

function notes(rows: readonly FaultRow[]): string[] {
  return rows.flatMap(({ name, dropped, unpromised, cannot = {} }) => [
    ...(dropped === undefined ? [] : [`- ${name}: ${dropped} end with a reason, as they should.`]),
    ...(unpromised ? [`- ${name}: ${unpromised.count} are not promised: ${unpromised.why}.`] : []),
    ...ENGINES.flatMap((engine) =>
      cannot[engine] === undefined
        ? []
        : [`- ${name}: not staged in ${TITLES[engine]}: ${cannot[engine]}.`],
    ),
  ]);
}
