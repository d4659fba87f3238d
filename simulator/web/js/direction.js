/** Which way a line of text runs, as the Unicode bidirectional algorithm finds it (P2, P3). */

const STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const STRONG = /\p{L}/u;
const OPENS = /[\u2066-\u2068]/;
const CLOSES = /\u2069/;

/** "rtl", "ltr", or null for a line without letters. What stands in isolates does not count. */
export function directionOf(text) {
  let depth = 0;
  for (const character of text) {
    if (OPENS.test(character)) depth += 1;
    else if (CLOSES.test(character)) depth = Math.max(0, depth - 1);
    else if (character === "\u200e") return "ltr";
    else if (character === "\u200f" || character === "\u061c") return "rtl";
    else if (depth === 0 && STRONG.test(character)) return STRONG_RTL.test(character) ? "rtl" : "ltr";
  }
  return null;
}

/** The direction of a whole text: that of its first line with letters, inside isolates if need be. */
export function mainDirection(text) {
  return directionOf(text) ?? directionOf(text.replace(/[\u2066-\u2069]/g, "")) ?? null;
}

const RTL_LANGUAGES = new Set(["ar", "fa", "prs", "ckb", "ps", "ur", "he"]);

/** How a phone set to this language is laid out. */
export function layoutOf(language) {
  return RTL_LANGUAGES.has((language ?? "").split("-")[0]) ? "rtl" : "ltr";
}
