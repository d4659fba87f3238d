/** The messages of one chat on one phone: added, changed and removed in place. */

import { bubble } from "./bubble.js";
import { fill, h, iconButton, roving } from "./dom.js";
import { fetchOlder, hasOlder, messagesOf, now, on, titleOf, world } from "./store.js";
import { t } from "./texts.js";
import { dayKey, dayTitle } from "./times.js";

const NEAR = 120; // pixels from the end within which new messages are followed

/** `phone`: what bubble() needs, and seen() when the newest message came into view. */
export class Log {
  constructor(phone) {
    this.phone = phone;
    this.topic = null;
    this.endedAt = 0;
    this.list = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", tabindex: "0" });
    this.down = iconButton("down", t("toNewest"), () => this.toEnd(), { class: "to-end", hidden: true });
    this.element = h("div", { class: "log-frame" }, this.list, this.down);
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    roving(this.list, ".more");
    this.ends = [
      on("message", ({ message }) => this.here(message) && this.add(message)),
      on("edited", ({ message }) => this.here(message) && this.change(message)),
      on("clock", () => this.nameDays()),
      on("second", () => this.nameDays()),
      on("deleted", ({ chat_id: chat, message_id: id }) => chat === this.phone.chatId && this.drop(id)),
    ];
  }

  close() {
    for (const end of this.ends) end();
  }

  here(message) {
    return message.chat_id === this.phone.chatId && this.shownInTopic(message);
  }

  shownInTopic(message) {
    return this.topic === null || (message.topic ?? 0) === this.topic || message.id === this.topic;
  }

  /** Shows the whole chat anew, without reading it out. */
  async show() {
    const chatId = this.phone.chatId;
    const messages = await messagesOf(chatId);
    if (chatId !== this.phone.chatId) return;
    this.list.setAttribute("aria-live", "off");
    this.list.setAttribute("aria-label", t("chatWith", { name: titleOf(chatId) }));
    this.lastDay = null;
    fill(this.list);
    if (hasOlder(chatId)) this.list.append(h("button", { type: "button", class: "older", onclick: () => this.showOlder() }, t("older")));
    for (const message of messages.filter((one) => this.shownInTopic(one))) this.append(message);
    if (!this.list.querySelector(".message")) this.list.append(h("p", { class: "empty", dir: "auto" }, t("emptyChat")));
    this.tabStop();
    this.toEnd();
    requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
  }

  /** When a day has passed, today becomes yesterday. */
  nameDays() {
    const today = dayKey(now());
    if (today === this.today) return;
    this.today = today;
    for (const each of this.list.querySelectorAll(".day span")) each.textContent = dayTitle(Number(each.dataset.at), now());
  }

  async showOlder() {
    await fetchOlder(this.phone.chatId);
    await this.show();
    this.list.scrollTop = 0;
  }

  append(message) {
    const key = dayKey(message.date);
    if (key !== this.lastDay) {
      this.list.append(h("p", { class: "day", dir: "auto" }, h("span", { data: { at: message.date } }, dayTitle(message.date, now()))));
      this.lastDay = key;
    }
    const element = bubble(message, this.phone);
    this.list.append(element);
    return element;
  }

  add(message) {
    if (this.find(message.id)) {
      this.change(message);
      return;
    }
    const follow = this.nearEnd() || (message.own && !message.from.bot);
    this.list.querySelector(".empty")?.remove();
    const element = this.append(message);
    element.classList.add("fresh");
    this.tabStop();
    if (follow) this.toEnd();
    else this.down.hidden = false;
  }

  change(message) {
    const old = this.find(message.id);
    if (!old) return;
    const follow = this.nearEnd();
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const fresh = bubble(message, this.phone);
    if (old.classList.contains("pointed")) fresh.classList.add("pointed");
    fresh.classList.add("changed");
    old.replaceWith(fresh);
    this.tabStop();
    if (focused) this.focusLike(fresh, focused);
    if (follow) this.toEnd();
  }

  /** After a tap the message often changes: the focus goes to its first key, or stays near. */
  focusLike(fresh, focused) {
    const same = focused.dataset.at && [...fresh.querySelectorAll(".key")].find((key) => key.textContent === focused.textContent);
    const next = same || (focused.classList.contains("key") && fresh.querySelector(".key")) || fresh.querySelector(".more") || this.list;
    next.focus({ preventScroll: true });
  }

  drop(id) {
    const gone = this.find(id);
    if (!gone) return;
    const hadFocus = gone.contains(document.activeElement);
    gone.remove();
    this.tabStop();
    if (hadFocus) this.list.focus({ preventScroll: true });
  }

  find(id) {
    return this.list.querySelector(`.message[data-id="${id}"]`);
  }

  /** Only the newest message's menu can be reached by Tab; the arrow keys go on from there. */
  tabStop() {
    if (this.list.contains(document.activeElement) && document.activeElement.classList.contains("more")) return;
    const all = this.list.querySelectorAll(".more");
    for (const one of all) one.tabIndex = -1;
    if (all.length) all[all.length - 1].tabIndex = 0;
  }

  /** At the end, or where `toEnd` has put it. */
  nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR || Math.abs(scrollTop - this.endedAt) < 4;
  }

  /** Shows the newest message; of one that is too tall its beginning, so that the question is read. */
  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    const last = this.list.lastElementChild;
    if (last && last.offsetHeight > this.list.clientHeight) this.list.scrollTop = last.offsetTop - 8;
    this.endedAt = this.list.scrollTop;
    this.down.hidden = true;
  }

  scrolled() {
    if (this.nearEnd()) this.down.hidden = true;
  }

  jump(id) {
    const element = this.find(id);
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    this.point(id);
  }

  /** Marks one message, and no other. */
  point(id) {
    for (const each of this.list.querySelectorAll(".pointed")) each.classList.remove("pointed");
    this.find(id)?.classList.add("pointed");
  }

  newest() {
    return world.chats.get(this.phone.chatId)?.last?.id ?? 0;
  }
}
