const PART = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;

/**
 * Puts text between the bench's two lines of a page.
 *
 * @param {string} readme
 * @param {string} text
 * @returns {string}
 * @throws Error where the lines are not there.
 */
export function replacePart(readme, text) {
  if (!PART.test(readme)) {
    throw new Error('There are no lines "<!-- bench -->" and "<!-- /bench -->" to write between.');
  }
  return readme.replace(PART, (_, open, close) => `${open}\n${text}\n\n${close}`);
}
