/** The lock screen: the time, and what each unread message shows to anybody who looks. */

import { fill, h, icon } from "./dom.js";
import { messagesOf, now, on, world } from "./store.js";
import { t } from "./texts.js";
import { clock, day } from "./times.js";

const SHOWN = 6;

export class LockScreen {
  constructor(phone) {
    this.phone = phone;
    this.on = false;
    this.time = h("p", { class: "lock-time" });
    this.day = h("p", { class: "lock-day" });
    this.list = h("div", { class: "lock-list", "aria-live": "polite" });
    this.open = h("button", { type: "button", class: "lock-open", onclick: () => this.toggle() }, icon("lock"), t("unlock"));
    this.element = h("div", { class: "lock", role: "group", "aria-label": t("locked"), hidden: true }, this.time, this.day, this.list, this.open);
    this.ends = ["message", "edited", "deleted", "chat", "clock", "second"].map((type) => on(type, () => this.on && this.refresh()));
  }

  close() {
    for (const end of this.ends) end();
  }

  toggle() {
    this.on = !this.on;
    this.element.hidden = !this.on;
    for (const each of this.phone.screen.children) if (each !== this.element) each.inert = this.on;
    this.phone.lockButton.setAttribute("aria-pressed", String(this.on));
    this.refresh();
    if (this.on) this.open.focus();
    else {
      this.phone.refresh();
      this.phone.log.toEnd();
      this.phone.composer.input.focus();
    }
  }

  async refresh() {
    if (!this.on) return;
    this.time.textContent = clock(now());
    this.day.textContent = day(now());
    const { chatId } = this.phone;
    const messages = await messagesOf(chatId);
    if (chatId !== this.phone.chatId) return;
    const read = world.chats.get(chatId)?.read_up_to ?? 0;
    const unread = messages.filter((one) => one.notice && one.id > read).slice(-SHOWN);
    const shape = JSON.stringify([chatId, unread.map((one) => [one.id, one.notice])]);
    if (shape === this.shape) return;
    this.shape = shape;
    fill(this.list, unread.length ? unread.map((one) => this.notice(one)) : h("p", { class: "lock-none" }, t("noNotices")));
  }

  notice(message) {
    return h(
      "button",
      { type: "button", class: "notice", onclick: () => this.toggle() },
      h("span", { class: "notice-head" }, h("b", {}, h("bdi", {}, message.notice.title)), h("time", {}, clock(message.date))),
      h("span", { class: "notice-text", dir: "auto" }, message.notice.text),
    );
  }
}
