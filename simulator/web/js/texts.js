/** The page's own words in German and English. What the bot says comes from the bot. */

import { recall, remember } from "./memory.js";
import { de } from "./words-de.js";
import { en } from "./words-en.js";

const WORDS = { de, en };
let chosen = recall("language") ?? (navigator.language?.toLowerCase().startsWith("de") ? "de" : "en");
if (!(chosen in WORDS)) chosen = "en";

export const language = () => chosen;

export function chooseLanguage(code) {
  chosen = code;
  remember("language", code);
}

/** The text called `key`; `{name}` in it is replaced by `values.name`. */
export function t(key, values = {}) {
  const text = WORDS[chosen][key] ?? en[key];
  if (text === undefined) throw new Error(`no text called ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export const has = (key) => key in en;

/** One text or the other, by number. */
export const tn = (one, many, number) => t(number === 1 ? one : many, { number });

/** What the server says in both languages. */
export const both = (text) => (text ? (text[chosen] ?? text.en ?? "") : "");

/** Gives the fixed parts of index.html their words. */
export function labelPage(root = document) {
  document.documentElement.lang = chosen;
  document.title = t("pageTitle");
  for (const each of root.querySelectorAll("[data-text]")) each.textContent = t(each.dataset.text);
  for (const each of root.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t(each.dataset.label));
}
