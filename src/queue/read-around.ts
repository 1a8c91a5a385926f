/**
 * Reads around what cannot be read. Chromium keeps large values in files of their own, and one whose file was lost lets
 * every reading fail that touches it, for good: it is looked for by halving.
 *
 * @param dropFirst Called where the first of all is the one; what comes after it is left to the next call.
 */
export async function readAround<T>(
  read: (maxCount: number) => Promise<T[]>,
  maxCount: number,
  dropFirst: () => Promise<void>,
): Promise<T[]> {
  try {
    return await read(maxCount);
  } catch (error) {
    if ((error as Error).name !== 'NotReadableError') throw error;
    if (maxCount > 1) return readAround(read, maxCount >> 1, dropFirst);
    await dropFirst();
    return [];
  }
}
