const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on its disk',
  EDQUOT: 'the quota of its disk is used up',
  EFBIG: 'it has become too large',
  EROFS: 'its disk can only be read',
  EIO: 'its disk fails',
};

/** The journal could not be written, so that what was to be written down has not happened. */
export class JournalProblem extends Error {
  override readonly name = 'JournalProblem';

  /** @param cause Node's error. */
  constructor(file: string, cause: NodeJS.ErrnoException) {
    const { code = '', message } = cause;
    const reason = REASONS[code] ?? message;
    super(
      `The journal ${file} could not be written: ${reason}${code && ` (${code})`}. Nothing of this was taken in. Make room, or choose another file with --data, and try again.`,
      { cause },
    );
  }
}
