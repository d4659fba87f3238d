/** Starts the page: reads the state, lays out the desk, follows what happens. */

import { ClockBar } from "./clockbar.js";
import { Desk } from "./desk.js";
import { h, iconButton } from "./dom.js";
import { Hood } from "./hood.js";
import { recall, remember } from "./memory.js";
import { toast } from "./popup.js";
import { emit, on, open } from "./store.js";
import { chooseLanguage, labelPage, language, t } from "./texts.js";
import { TourBar } from "./tourbar.js";

const place = (id) => document.getElementById(id);
let parts = [];

/** Everything is built anew when the language changes or the server has restarted. */
async function build() {
  for (const part of parts) part.close();
  labelPage();
  const clock = new ClockBar(place("clock"));
  const desk = new Desk(place("phones"), place("notices"));
  const tours = new TourBar(place("tour"), desk);
  const hood = new Hood(place("hood"));
  parts = [clock, desk, tours, hood, switches(tours, hood)];
  await desk.open();
  tours.refresh();
  performance.mark("ready");
  document.body.dataset.ready = "yes";
}

/** The buttons at the end of the header. */
function switches(tours, hood) {
  const toTours = iconButton("book", t("tours"), () => tours.toggle(), { "aria-expanded": String(tours.open), "aria-controls": "tour" });
  const toHood = iconButton("gear", t("underTheHood"), () => hood.toggle(), { "aria-expanded": String(!place("hood").hidden), "aria-controls": "hood" });
  const toLanguage = h("button", { type: "button", class: "plain-button", lang: language() === "de" ? "en" : "de", onclick: otherLanguage }, t("otherLanguage"));
  const theme = themeButton();
  place("switches").replaceChildren(toTours, toHood, toLanguage, theme);
  const ends = [
    on("hood", () => toHood.setAttribute("aria-expanded", String(!place("hood").hidden))),
    on("tourlist", () => toTours.setAttribute("aria-expanded", String(tours.open))),
    on("tourlist", () => !tours.open && document.activeElement === document.body && toTours.focus()),
    on("hood", () => place("hood").hidden && document.activeElement === document.body && toHood.focus()),
  ];
  return { close: () => ends.forEach((end) => end()) };
}

async function otherLanguage() {
  chooseLanguage(language() === "de" ? "en" : "de");
  await build();
  place("switches").children[2].focus();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themeButton() {
  const button = iconButton(isDark() ? "sun" : "moon", t(isDark() ? "toLight" : "toDark"), () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember("theme", theme);
    const fresh = themeButton();
    button.replaceWith(fresh);
    fresh.focus();
  });
  return button;
}

/** Alt and a number: to the text field of that phone. */
function shortcut(event) {
  const number = event.altKey && /^Digit([1-6])$/.exec(event.code)?.[1];
  const phone = number && parts[1]?.phones[number - 1];
  if (!phone) return;
  event.preventDefault();
  parts[1].choose(number - 1);
  phone.composer.input.focus();
}

let lost = false;
on("line", (event) => {
  if (event.lost && !lost) toast(t("lineLost"));
  if (!event.lost && lost) toast(t("lineBack"));
  lost = event.lost;
});
on("problem", (problem) => toast(t("failed", { why: problem.message })));
on("opened", () => build());
addEventListener("keydown", shortcut);
setInterval(() => emit("second"), 1000);
if (recall("language") === null) labelPage();
open().catch((problem) => {
  labelPage();
  emit("problem", problem);
});
