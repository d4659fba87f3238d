/** Small helpers to build and find elements. Text only ever enters through text nodes. */

/**
 * An element. `props`: properties starting with "on" are listeners, `class`, `data`, `aria-*` and
 * other names with a dash are attributes; null, undefined and false leave an attribute out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

const SVG = "http://www.w3.org/2000/svg";

/** A decorative picture of the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows a picture and is called `label`. */
export function iconButton(name, label, onclick, props = {}) {
  const { class: extra = "", ...rest } = props;
  return h(
    "button",
    { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, onclick, ...rest },
    icon(name),
  );
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A name in whatever script, isolated from the line around it. */
export function name(text) {
  return h("bdi", {}, text);
}

/**
 * Arrow keys walk through the buttons of a group that is one tab stop.
 * `selector` finds its members; the first (or the last one used) can be reached by Tab. Returns what
 * settles that anew after members were hidden or shown.
 */
export function roving(group, selector) {
  const members = () => [...group.querySelectorAll(selector)].filter((one) => !one.disabled && !one.closest("[hidden]"));
  const settle = (chosen) => {
    for (const one of members()) one.tabIndex = one === chosen ? 0 : -1;
  };
  group.addEventListener("focusin", (event) => {
    const member = event.target.closest(selector);
    if (member) settle(member);
  });
  group.addEventListener("keydown", (event) => {
    const all = members();
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0) return;
    const rtl = getComputedStyle(group).direction === "rtl";
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    let next = step === undefined ? undefined : all[(at + step + all.length) % all.length];
    if (event.key === "Home") next = all[0];
    if (event.key === "End") next = all.at(-1);
    if (!next) return;
    event.preventDefault();
    settle(next);
    next.focus();
  });
  const first = () => {
    const all = members();
    settle(all.find((one) => one.tabIndex === 0 && one.hasAttribute("tabindex")) ?? all[0]);
  };
  first();
  return first;
}

let numbers = 0;

/** An id that is used nowhere else on the page. */
export function freshId(prefix) {
  numbers += 1;
  return `${prefix}-${numbers}`;
}
