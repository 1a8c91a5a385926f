import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createControl } from './control.js';
import type { Control } from './control.js';
import { lockJournal } from './journal/journal-lock.js';
import { openJournal, readJournal } from './journal/journal.js';
import type { Journal, ReadJournal } from './journal/journal.js';
import { ConfigProblem } from './project-config.js';
import { isRecord } from './is-record.js';
import type { ProjectConfig } from './project-config.js';

/** An emulator's inside that remembers, and its hold on a file. */
export interface RememberingControl {
  readonly control: Control;
  /**
   * Writes down from here on what is received. Until then the file is as it was.
   *
   * @throws ConfigProblem when the file cannot be written.
   */
  keep(): void;
  /** Lets go of the file. */
  close(): void;
}

/**
 * Claims a journal and takes in what it holds. The project is that of the journal, with what is given in its place, so
 * that the same requests can be looked at under another system. A project that differs is written down by `keep`.
 *
 * @throws ConfigProblem when the file or a setting cannot be used.
 */
export async function startWithJournal(
  file: string,
  given: ProjectConfig | undefined,
): Promise<RememberingControl> {
  let unlock = (): void => undefined;
  let journal: Journal | undefined;
  try {
    refuseSpecial(file);
    unlock = lockJournal(file);
    const read = await readJournal(file);
    const keptProject = findProject(read);
    const project: ProjectConfig = { ...keptProject, ...given };
    const control = createControl(project);
    control.replay(read.lines);
    for (const problem of read.problems) {
      control.ledger().warnings.add('journal-line-lost', problem);
    }
    return {
      control,
      keep() {
        try {
          journal = openJournal(file, read);
          if (!isDeepStrictEqual(project, keptProject)) {
            journal.append({ kind: 'project', project });
          }
          control.keepJournal(journal);
        } catch (cause) {
          throw explain(cause);
        }
      },
      close() {
        journal?.close();
        unlock();
      },
    };
  } catch (cause) {
    unlock();
    throw explain(cause);
  }
}

/** The last project that a journal names; `undefined` when it names none. */
function findProject({ lines }: ReadJournal): ProjectConfig | undefined {
  const kept = lines.findLast(({ line }) => line.kind === 'project')?.line;
  if (kept?.kind !== 'project') {
    return undefined;
  }
  return isRecord(kept.project) ? kept.project : {};
}

/** A folder, a device or a pipe cannot be read again, and a lock has no place beside it. */
function refuseSpecial(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
    throw new ConfigProblem(`--data must name a regular file, and ${file} is none.`);
  }
}

/** What Node says of a file leaves open which setting it was. */
function explain(cause: unknown): unknown {
  return cause instanceof Error && 'syscall' in cause
    ? new ConfigProblem(`The file given with --data cannot be used: ${cause.message}`, { cause })
    : cause;
}
