import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// From `src/emulator/` and from `dist/emulator/` alike, the package lies two folders up.
const packageRoot = new URL('../../', import.meta.url);

/** Version of the package that this emulator is part of. */
export const packageVersion: string = readVersion();

/** Folder of the built page for people. */
export const pageRoot: string = fileURLToPath(new URL('dist/emulator/page/', packageRoot));

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'));
  return (manifest as { version: string }).version;
}
