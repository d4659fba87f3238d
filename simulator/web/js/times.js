/** Times and days of the simulated world, in the county's time zone and the page's language. */

import { language, t } from "./texts.js";

let zone = "Europe/Berlin";
const made = new Map();

export function setZone(name) {
  zone = name || zone;
  made.clear();
}

function format(options) {
  const key = language() + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language() === "de" ? "de-DE" : "en-GB", { timeZone: zone, ...options }));
  return made.get(key);
}

const at = (seconds) => new Date(seconds * 1000);

/** 14:05 */
export const clock = (seconds) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at(seconds));

/** Monday, 23 November */
export const day = (seconds) => format({ weekday: "long", day: "numeric", month: "long" }).format(at(seconds));

/** Mon 23 Nov */
export const shortDay = (seconds) => format({ weekday: "short", day: "numeric", month: "short" }).format(at(seconds));

/** Monday, 23 November 2026 at 14:05 */
export const dateTime = (seconds) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at(seconds));

/** 2026-11-23, the same for all moments of one day. */
export const dayKey = (seconds) => {
  const parts = Object.fromEntries(format({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at(seconds)).map((part) => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
};

/** Today, yesterday, or the day by its name. */
export function dayTitle(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return `${t("today")}, ${day(seconds)}`;
  if (dayKey(seconds) === dayKey(now - 86400)) return `${t("yesterday")}, ${day(seconds)}`;
  return day(seconds);
}

/** 0:07 */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
