/** The clock of the simulated world: what time it is, what comes next, and moving on. */

import { post } from "./api.js";
import { fill, h } from "./dom.js";
import { emit, now, on, world } from "./store.js";
import { both, t } from "./texts.js";
import { clock, dateTime, dayKey, shortDay } from "./times.js";

const MOVES = [
  ["next", "clockNextButton"], // what is tapped most; on a narrow screen the others are scrolled to
  ["now", "clockNow", "clockNowHint"],
  ["hour", "clockHour"],
  ["tomorrow", "clockTomorrow"],
];

export class ClockBar {
  constructor(place) {
    this.time = h("time", { class: "clock-time" });
    this.day = h("span", { class: "clock-day" });
    this.next = h("p", { class: "clock-next", role: "status" });
    this.stop = h("button", { type: "button", class: "main-button", hidden: true, onclick: () => this.move("stop") }, t("clockStop"));
    this.moves = MOVES.map(([go, label, hint]) => h("button", { type: "button", class: "plain-button", title: hint ? t(hint) : null, data: { go }, onclick: () => this.move(go) }, t(label)));
    fill(
      place,
      h("div", { class: "clock-face" }, this.time, this.day),
      h("div", { class: "clock-side" }, this.next, h("div", { class: "clock-moves", role: "group", "aria-label": t("clock") }, this.moves, this.stop)),
    );
    this.ends = [on("clock", (event) => this.refresh(event.happened)), on("second", () => this.tick())];
    this.refresh();
  }

  close() {
    for (const end of this.ends) end();
  }

  tick() {
    const at = now();
    const shown = clock(at);
    if (this.time.textContent === shown && this.shownDay === dayKey(at)) return;
    this.shownDay = dayKey(at);
    this.time.textContent = shown;
    this.time.dateTime = new Date(at * 1000).toISOString();
    this.time.title = dateTime(at);
    this.day.textContent = shortDay(at);
  }

  refresh(happened) {
    this.tick();
    const { walking, next } = world.clock;
    for (const each of this.moves) {
      each.disabled = walking || (each.dataset.go === "next" && !next);
    }
    this.stop.hidden = !walking;
    if (walking) this.next.textContent = happened ? `${clock(happened.at)} · ${both(happened.what)}` : t("clockWalking");
    else this.next.textContent = next ? t("clockNext", { when: this.when(next.at), what: both(next.what) }) : t("clockNothing");
  }

  when(at) {
    return dayKey(at) === dayKey(now()) ? clock(at) : `${shortDay(at)}, ${clock(at)}`;
  }

  async move(go) {
    const pressed = document.activeElement;
    try {
      await post("/api/clock", { go });
    } catch (problem) {
      emit("problem", problem);
    }
    const back = on("clock", () => {
      if (world.clock.walking) return;
      back();
      if (document.activeElement === document.body && pressed?.isConnected && !pressed.disabled) pressed.focus();
    });
  }
}
