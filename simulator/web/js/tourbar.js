/** Guided tours: what there is to see, and the step that is shown now. */

import { post } from "./api.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { recall, remember } from "./memory.js";
import { emit, knownMessage, on, world } from "./store.js";
import { both, t } from "./texts.js";

export class TourBar {
  constructor(place, desk) {
    this.place = place;
    this.desk = desk;
    this.chosen = recall("welcomed") ? "closed" : "list";
    this.ends = [on("tour", () => this.refresh()), on("chat", () => this.point(world.tour)), on("message", () => this.point(world.tour))];
    this.refresh();
  }

  close() {
    for (const end of this.ends) end();
  }

  get open() {
    return !this.place.hidden;
  }

  /** The button in the header: shows or hides the list of tours. */
  toggle() {
    this.chosen = this.open && !world.tour ? "closed" : "list";
    if (this.chosen === "closed") remember("welcomed", true);
    this.refresh();
    if (this.open) this.place.querySelector("button")?.focus();
    emit("tourlist");
  }

  refresh() {
    const { tour } = world;
    const held = this.place.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    if (tour) this.showStep(tour);
    else this.showList();
    if (held) (this.place.querySelector(`[data-does="${held}"]:not([disabled])`) ?? this.place).focus({ preventScroll: true });
    this.point(tour);
    emit("tourlist");
  }

  /** Marks what the step is about, once it is there: the tour may be told before the message. */
  point(tour) {
    if (!this.desk.ready || tour?.state === "doing") return;
    const chatId = tour?.show?.chat_id ?? tour?.front ?? null;
    const messageId = tour?.show?.message_id ?? null;
    const known = chatId === null || world.chats.has(chatId);
    const shape = `${tour?.step} ${chatId} ${messageId} ${messageId && Boolean(knownMessage(chatId, messageId))}`;
    if (!known || shape === this.pointedAt) return;
    this.pointedAt = shape;
    this.desk.point(chatId, messageId);
  }

  showList() {
    this.place.hidden = this.chosen === "closed" || !world.tours.length;
    this.place.className = "tour-list";
    fill(
      this.place,
      h("p", {}, t("welcome")),
      h(
        "div",
        { class: "tour-cards" },
        world.tours.map((one, index) =>
          h(
            "button",
            { type: "button", class: index ? "tour-card" : "tour-card first", data: { does: one.id, tour: one.id }, onclick: () => this.start(one.id) },
            icon("play"),
            h("span", {}, h("b", {}, both(one.title)), h("small", {}, both(one.about)), h("small", { class: "tour-length" }, t("steps", { number: one.steps }))),
          ),
        ),
      ),
      iconButton("close", t("close"), () => this.toggle(), { class: "tour-close" }),
    );
  }

  showStep(tour) {
    this.place.hidden = false;
    this.place.className = "tour-step";
    const busy = tour.state === "doing";
    const playing = tour.state === "playing";
    const done = tour.state === "done";
    const button = (does, symbol, label, kind, disabled) =>
      h("button", { type: "button", class: kind, disabled, title: does === "stop" ? t("tourStopHint") : null, data: { does }, onclick: () => this.press(does) }, icon(symbol), label);
    fill(
      this.place,
      h(
        "div",
        { class: "tour-words" },
        h("p", { class: "tour-where" }, h("b", {}, both(tour.title)), ` · ${t("tourStep", { step: tour.step, of: tour.of })}`),
        h("progress", { max: tour.of, value: tour.step, "aria-label": t("tourStep", { step: tour.step, of: tour.of }) }),
        h("p", { class: "tour-text", "aria-live": "polite", dir: "auto" }, done ? `${both(tour.text)} ${t("tourDone")}` : both(tour.text)),
        tour.problem ? h("p", { class: "tour-problem", role: "alert" }, both(tour.problem)) : null,
        !done && tour.deed ? h("p", { class: "tour-deed", dir: "auto" }, t("tourThen", { deed: both(tour.deed) })) : null,
      ),
      h(
        "div",
        { class: "tour-buttons" },
        done ? null : button("next", "next", busy ? t("tourDoing") : t("tourNext"), "main-button", busy || playing),
        done ? null : playing ? button("pause", "pause", t("tourPause"), "plain-button") : button("play", "play", t("tourPlay"), "plain-button", false),
        button("stop", "stop", done ? t("close") : t("tourStop"), "plain-button"),
      ),
    );
  }

  async start(id) {
    remember("welcomed", true);
    this.chosen = "closed";
    await this.ask(`/api/tours/${id}/start`);
    this.place.querySelector('[data-does="next"]')?.focus();
  }

  press(does) {
    if (does === "stop") this.chosen = world.tour?.state === "done" ? "list" : "closed";
    return this.ask(`/api/tour/${does}`);
  }

  async ask(path) {
    try {
      await post(path);
    } catch (problem) {
      emit("problem", problem);
    }
  }
}
