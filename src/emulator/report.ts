/** Writes one line to standard error, with the cause's stack below it where there is one. */
export function report(text: string, cause?: unknown): void {
  const detail = cause instanceof Error ? `\n${cause.stack ?? cause.message}` : '';
  process.stderr.write(`[waymark emulator] ${text}${detail}\n`);
}
