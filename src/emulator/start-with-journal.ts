import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createControl } from './control.js';
import type { Control } from './control.js';
import { openJournal } from './journal/journal.js';
import type { Journal } from './journal/journal.js';
import { lockJournal } from './journal/journal-lock.js';
import { JournalProblem } from './journal/journal-problem.js';
import { readJournal } from './journal/read-journal.js';
import type { ReadJournal } from './journal/read-journal.js';
import { realTarget } from './journal/real-target.js';
import { redactProject } from './journal/redact.js';
import { ConfigProblem } from './project-config.js';
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
  given: string,
  settings: ProjectConfig | undefined,
): Promise<RememberingControl> {
  let unlock = (): void => undefined;
  let journal: Journal | undefined;
  try {
    const file = realTarget(given);
    refuseSpecial(file);
    unlock = await lockJournal(file);
    const read = await readJournal(file);
    const kept = findProject(read);
    const project: ProjectConfig = { ...kept, ...settings };
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
          if (!isDeepStrictEqual(redactProject(project), redactProject(kept))) {
            journal.append({ kind: 'project', project });
          }
          warnOpen(control, journal, file);
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
  return kept?.kind === 'project' ? kept.project : undefined;
}

function warnOpen({ ledger }: Control, journal: Journal, file: string): void {
  if (journal.isOpenToOthers()) {
    ledger().warnings.add(
      'journal-open-to-others',
      `Other users of this machine may read ${file}, and this user cannot take that away. Put the file where it can be yours alone.`,
    );
  }
}

/** A folder, a device or a pipe cannot be read again, and a lock has no place beside it. Of two names one has no lock. */
function refuseSpecial(file: string): void {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() === false) {
    throw new ConfigProblem(`--data must name a regular file, and ${file} is none.`);
  }
  if (status && status.nlink > 1) {
    throw new ConfigProblem(
      `--data must name a file that has one name, and ${file} has ${status.nlink} (hard links), by which two emulators could share it. Make a copy.`,
    );
  }
}

/** What Node says of a file leaves open which setting it was. */
function explain(cause: unknown): unknown {
  if (cause instanceof JournalProblem) {
    return new ConfigProblem(cause.message, { cause });
  }
  return cause instanceof Error && 'syscall' in cause
    ? new ConfigProblem(`The file given with --data cannot be used: ${cause.message}`, { cause })
    : cause;
}
