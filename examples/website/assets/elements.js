/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] Properties of the element; `on` holds its click listener.
 * @param {...(Node | string)} children
 */
export function element(tag, { on, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (on) made.addEventListener('click', on);
  made.append(...children);
  return made;
}
