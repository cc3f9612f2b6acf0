/**
 * A new element. Text goes in as text, never as markup.
 * @param {string} name
 * @param {Record<string, unknown>} [properties] as the element's own
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement & Record<string, any>}
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  for (const child of children) if (child) made.append(child);
  return made;
}

/** The element of the page with this id. @param {string} id @returns {HTMLElement & Record<string, any>} */
export function at(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`nothing is called ${id}`);
  return found;
}
