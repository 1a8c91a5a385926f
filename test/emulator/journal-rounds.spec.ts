import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { runRound } from './support/journal-round.js';

/** Rounds, and the seed of the first. `npm run test:journal` asks for more. */
const ROUND_COUNT = Number(process.env['JOURNAL_ROUNDS'] ?? 4);
const SEED = Number(process.env['JOURNAL_SEED'] ?? 11);

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Gives `use` a folder on a disk of 8 MiB, where such a disk can be had. */
async function withDisk(use: (folder: string, isSmall: boolean) => Promise<void>): Promise<void> {
  const folder = test.info().outputPath('disk');
  await mkdir(folder, { recursive: true });
  const isSmall =
    canMount && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder]).status === 0;
  try {
    await use(folder, isSmall);
  } finally {
    if (isSmall) {
      spawnSync('umount', ['--lazy', folder]);
    }
  }
}

for (let round = 0; round < ROUND_COUNT; round++) {
  const seed = SEED + round;
  test(`what was acknowledged is there once, and nothing else, after kills and a full disk (seed ${seed})`, async () => {
    test.setTimeout(120_000);
    await withDisk(async (folder, isSmall) => {
      const { accepted, refused, unknown, stored, states, killCount } = await runRound(
        folder,
        isSmall,
        randomFrom(seed),
      );
      const known = new Set(stored);
      test.info().annotations.push({
        type: 'round',
        description: `${accepted.size} accepted, ${refused.size} refused, ${unknown.size} unknown, ${killCount} kills`,
      });
      expect(accepted.size).toBeGreaterThan(0);
      expect(stored).toHaveLength(known.size);
      expect([...accepted].filter((n) => !known.has(n))).toEqual([]);
      expect([...refused].filter((n) => known.has(n))).toEqual([]);
      expect(stored.filter((n) => !accepted.has(n) && !unknown.has(n))).toEqual([]);
      for (const [before, after] of states) {
        expect(after).toEqual(before);
      }
    });
  });
}
