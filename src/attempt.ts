/**
 * The result of `work`; where it throws, what `failed` makes of the error, `undefined` by itself. For what browsers may
 * deny, and for texts that anybody may have written.
 */
export function attempt<T, F = undefined>(
  work: () => T,
  failed?: (error: unknown) => F,
): T | F | undefined {
  try {
    return work();
  } catch (error) {
    // What the failure means is the caller's to say.
    return failed?.(error);
  }
}
