/**
 * A command of the W3C WebDriver protocol; `path` is relative to the driver or the session. After `limitMs` the answer is
 * not waited for any longer.
 */
export type WebDriverCommand = (
  method: string,
  path: string,
  body?: object,
  limitMs?: number,
) => Promise<unknown>;

/** A client for the driver at `baseUrl`. Commands reject with what the driver says went wrong. */
export function createWebDriver(baseUrl: string): WebDriverCommand {
  return async (method, path, body, limitMs) => {
    const sent = method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {};
    const signal = limitMs === undefined ? null : AbortSignal.timeout(limitMs);
    const response = await fetch(`${baseUrl}${path}`, { method, ...sent, signal });
    const { value } = (await response.json()) as { value: unknown };
    if (isFault(value)) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
}

function isFault(value: unknown): value is { error: string; message: string } {
  return typeof value === 'object' && value !== null && 'error' in value && 'message' in value;
}
