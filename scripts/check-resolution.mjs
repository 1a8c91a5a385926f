// Part of `npm run check:package`, after a build: whether every compiler finds the types of every entry, and the right ones.
import { ENTRIES, specifierOf } from './entries.mjs';
import { CommandError, runCommand } from './run-command.mjs';

const specifiersOf = (kind) => ENTRIES.filter((entry) => entry.kind === kind).map(specifierOf);

/** Are the types wrong? Asked of some entries of the package. */
const checkTypes = (entries, ...args) =>
  runCommand('npx', ['attw', '--pack', '.', '--no-summary', '--entrypoints', ...entries, ...args]);

try {
  await checkTypes(specifiersOf('client'));
  // What runs in Node is an ES module alone: CommonJS has `await import()`, and Node 20.19 can `require` it.
  await checkTypes(specifiersOf('node'), '--ignore-rules', 'cjs-resolves-to-esm');
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
