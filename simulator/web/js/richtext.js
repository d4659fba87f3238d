/** A message's text with its entities, as elements: line by line, each in its own direction. */

import { directionOf, mainDirection } from "./direction.js";
import { h } from "./dom.js";
import { t } from "./texts.js";
import { dateTime } from "./times.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code" };
const ADDRESSES = new Set(["url", "text_link", "email", "phone_number"]);

/**
 * Paragraphs for one text. `entities` as on the wire (offsets in UTF-16 units, as JavaScript has
 * them). `act(kind, value)` is called for links, commands and mentions.
 */
export function richText(text, entities = [], act = () => {}) {
  const overall = mainDirection(text);
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const lines = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const quoted = sorted.some((one) => /blockquote/.test(one.type) && one.offset < end && one.offset + one.length > start);
    const paragraph = h("p", { dir: directionOf(line) ?? overall ?? "auto", class: quoted ? "quote" : null });
    if (line) paragraph.append(...span(text, start, end, sorted, act));
    else paragraph.classList.add("gap");
    lines.push(paragraph);
    start = end + 1;
  }
  return lines;
}

/** Nodes for text[from, to); entities that reach out of it are cut. */
function span(text, from, to, entities, act) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const begins = Math.max(entity.offset, from);
    const ends = Math.min(entity.offset + entity.length, to);
    if (ends <= at || begins >= to || begins < at) continue;
    if (begins > at) nodes.push(text.slice(at, begins));
    const inner = entities.slice(index + 1).filter((one) => one.offset + one.length <= entity.offset + entity.length);
    nodes.push(element(entity, text.slice(entity.offset, entity.offset + entity.length), span(text, begins, ends, inner, act), act));
    at = ends;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function element(entity, whole, children, act) {
  const { type } = entity;
  if (TAGS[type]) return h(TAGS[type], {}, children);
  if (type === "spoiler") return spoiler(children);
  if (type === "date_time") return h("time", { datetime: new Date(entity.unix_time * 1000).toISOString(), title: dateTime(entity.unix_time) }, children);
  if (type === "bot_command") return textButton(children, () => act("command", whole));
  if (ADDRESSES.has(type)) return link(type, entity.url ?? whole, children, act);
  if (type === "text_mention" || type === "mention") return h("span", { class: "mention" }, children);
  return h("span", {}, children);
}

function textButton(children, onclick) {
  return h("button", { type: "button", class: "text-link", onclick }, children);
}

/** The bot's own links open on this phone; others are the world's, opened in a new tab if asked. */
function link(type, address, children, act) {
  if (/^(https?:\/\/)?t\.me\//i.test(address) || /^tg:/i.test(address)) return textButton(children, () => act("link", address));
  const scheme = { email: "mailto:", phone_number: "tel:" }[type] ?? "";
  const href = scheme + (type === "url" && !/^https?:/i.test(address) ? `https://${address}` : address.replace(/\s/g, scheme ? "" : "%20"));
  if (!/^(https?|mailto|tel):/i.test(href)) return h("span", {}, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const cover = h("button", { type: "button", class: "spoiler", "aria-label": t("hiddenText") }, h("span", { "aria-hidden": "true" }, children));
  cover.addEventListener("click", (event) => {
    event.stopPropagation();
    const shown = h("span", { class: "spoiler-open", tabindex: "-1" }, [...cover.firstChild.childNodes]);
    cover.replaceWith(shown);
    shown.focus({ preventScroll: true });
  });
  return cover;
}

/** One line for a notification or a quotation: what is hidden stays hidden. */
export function oneLine(text, entities = []) {
  let shown = text;
  for (const one of entities.filter((each) => each.type === "spoiler")) {
    const dots = "▒".repeat(Math.min(one.length, 12)).padEnd(one.length, "\u0000");
    shown = shown.slice(0, one.offset) + dots + shown.slice(one.offset + one.length);
  }
  return shown.replaceAll("\u0000", "").replace(/\s*\n\s*/g, " · ");
}
