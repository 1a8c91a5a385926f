/** The known name that was probably meant: the one with the fewest edits, if that is no more than half of it. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const name of known) {
    if (Math.abs(given.length - name.length) > name.length / 2) {
      // So many edits at the least: a name that is as long as a body is not looked at.
      continue;
    }
    const edits = editDistance(given.toLowerCase(), name.toLowerCase());
    if (edits < fewest && edits <= name.length / 2) {
      fewest = edits;
      best = name;
    }
  }
  return best;
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
