// Empties dist: compiled files carry a hash in their names, and those of an older build would go into the package.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
