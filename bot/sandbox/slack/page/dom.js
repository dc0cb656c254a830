// Building DOM from data. Text always becomes a text node: nothing in this page parses HTML from data.

/** Make an element. `props`: class, attributes, `data-*`, `aria-*`, and `onclick`-style listeners; null and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function" && name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

/** Append nodes and strings, flattening arrays and skipping blanks. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Replace the contents of `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

let serial = 0;

/** A document-wide unique id, for label and description references. */
export function uid(prefix = "x") {
  serial += 1;
  return `${prefix}-${serial}`;
}

const FOCUSABLE =
  'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex]:not([tabindex="-1"])';

/** The elements inside `node` that Tab reaches, in order. */
export function focusables(node) {
  return [...node.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent !== null || one === document.activeElement);
}

/** Arrow keys move between the items of a list; Home and End jump. Returns true if the key was used. */
export function rove(event, items, { horizontal = false, wrap = true } = {}) {
  const forward = horizontal ? ["ArrowRight", "ArrowDown"] : ["ArrowDown"];
  const back = horizontal ? ["ArrowLeft", "ArrowUp"] : ["ArrowUp"];
  const here = items.indexOf(document.activeElement);
  let next = null;
  if (forward.includes(event.key)) next = here + 1;
  else if (back.includes(event.key)) next = here < 0 ? items.length - 1 : here - 1;
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = items.length - 1;
  if (next === null || !items.length) return false;
  if (wrap) next = (next + items.length) % items.length;
  else next = Math.max(0, Math.min(items.length - 1, next));
  items[next].focus();
  event.preventDefault();
  return true;
}

let region = null;

/** Say something to screen readers without showing it. */
export function announce(text) {
  region ??= document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
