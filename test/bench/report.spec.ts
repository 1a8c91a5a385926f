import { expect, test } from 'playwright/test';

import { replacePart } from '../../bench/readme-part.mjs';
import { markdownTable, textTable, verdictLines } from '../../bench/report.mjs';
import { mean, median, quantile, summarize } from '../../bench/statistics.mjs';
import { judge } from '../../bench/targets.mjs';

const figure = (value: number) => ({ median: value, q1: value, q3: value, count: 1 });
const ours = { creation: { createMs: figure(2) }, arrival: { arrivalMs: figure(200) } };
const theirs = { creation: { createMs: figure(50) }, arrival: { arrivalMs: figure(2_500) } };

test('quantiles lie between the values they fall between', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(quantile([10, 20], 0.75)).toBe(17.5);
  expect(quantile([7], 0.99)).toBe(7);
  expect(mean([1, 2, 6])).toBe(3);
});

test('a summary has the middle and the spread of every figure, and 0 where a sample lacks it', () => {
  expect(summarize([{ a: 1 }, { a: 3, b: 2 }, { a: 5, b: 4 }])).toEqual({
    a: { median: 3, q1: 2, q3: 4, count: 3 },
    b: { median: 2, q1: 1, q3: 3, count: 3 },
  });
});

test('targets are judged where the run has their figures, and only there', () => {
  const verdicts = judge(ours, theirs);
  expect(verdicts).toEqual([
    {
      label: 'evaluation and creation as a share of the incumbent’s, script in the page',
      value: 0.04,
      limit: 0.1,
      isMet: true,
    },
    { label: 'median arrival in ms', value: 200, limit: 150, isMet: false },
  ]);
  expect(verdictLines(verdicts)).toMatch(/met .*0\.04, at most 0\.1\n.*MISSED .*200, at most 150/);
});

test('both tables show what was measured on both sides, and how many times less ours is', () => {
  const line = /evaluation and creation.*2 ms.*50 ms.*25×/;
  expect(textTable(ours, theirs)).toMatch(line);
  expect(markdownTable(ours, theirs, { ours: '1.0.0', theirs: '2.0.0' })).toMatch(line);
  expect(textTable(ours, {})).not.toContain('evaluation');
});

test('the part of a README between the two lines is replaced, and nothing else', () => {
  const readme = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';
  const once = replacePart(readme, 'costs $& and $1');
  expect(once).toBe('before\n<!-- bench -->\n\ncosts $& and $1\n\n<!-- /bench -->\nafter\n');
  expect(replacePart(once, 'costs $& and $1')).toBe(once);
  expect(() => replacePart('nothing', 'x')).toThrow('<!-- bench -->');
});
