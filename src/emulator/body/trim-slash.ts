/** A path without its slash at the end, which makes no difference to the service (T-1). */
export function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
