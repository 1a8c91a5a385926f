import { isDeepStrictEqual } from 'node:util';
import { createControl } from './control.js';
import type { Control } from './control.js';
import { openJournal } from './journal/journal.js';
import { isRecord } from './project-config.js';
import type { ProjectConfig } from './project-config.js';

/** An emulator's inside that remembers, and how to let go of its file. */
export interface RememberingControl {
  readonly control: Control;
  close(): void;
}

/**
 * Opens a journal and takes in what it holds. The project is that of the journal, with what is given in its place, so
 * that the same requests can be looked at under another system. A project that differs is written down.
 */
export async function startWithJournal(
  file: string,
  given: ProjectConfig | undefined,
): Promise<RememberingControl> {
  const { journal, lines, problems } = await openJournal(file);
  const kept = lines.findLast(({ line }) => line.kind === 'project')?.line;
  const keptProject = kept?.kind === 'project' && isRecord(kept.project) ? kept.project : {};
  const project: ProjectConfig = { ...keptProject, ...given };
  const control = createControl(project);
  control.replay(lines);
  for (const problem of problems) {
    control.ledger().warnings.add('journal-line-lost', problem, null);
  }
  if (!kept || !isDeepStrictEqual(project, keptProject)) {
    journal.append({ kind: 'project', project });
  }
  control.keepJournal(journal);
  return { control, close: () => journal.close() };
}
