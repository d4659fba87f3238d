/** The phones on the desk: three at first, side by side; on a narrow screen one at a time. */

import { fill, h, icon, name, roving } from "./dom.js";
import { addPerson, avatar } from "./dialogs.js";
import { recall, remember } from "./memory.js";
import { Phone } from "./phone.js";
import { on, personOf, titleOf, world } from "./store.js";
import { t, tn } from "./texts.js";

const MOST = 6;
const NOTICE_MS = 7000;
const NOTICES = 1;
const narrow = matchMedia("(max-width: 760px)");

export class Desk {
  constructor(place, notices) {
    this.place = place;
    this.notices = notices;
    this.phones = [];
    this.current = 0;
    this.ready = false; // every phone shows its chat
    this.tabs = h("div", { class: "phone-tabs", role: "group", "aria-label": t("phones") });
    this.row = h("div", { class: "phone-row" });
    this.plus = h("button", { type: "button", class: "add-phone", onclick: () => this.addPhone() }, icon("plus"), h("span", {}, t("addPhone")));
    place.replaceChildren(this.tabs, this.row, this.plus);
    narrow.addEventListener("change", () => this.arrange());
    this.ends = [on("chat", () => this.showTabs()), on("message", ({ message }) => this.announce(message))];
  }

  close() {
    for (const end of this.ends) end();
    for (const phone of this.phones) phone.close();
  }

  /** The phones chosen last time as far as they still exist; else the ones the server names. */
  async open() {
    const kept = recall("phones", []);
    const known = kept.filter((id) => world.chats.has(id));
    const shown = known.length === kept.length && known.length ? known : world.front;
    for (const id of shown) this.add(id);
    await Promise.all(this.phones.map((phone, index) => phone.show(shown[index])));
    this.arrange();
    this.ready = true;
  }

  add(chatId) {
    const phone = new Phone({ changed: () => this.changed(), away: (one) => this.away(one) });
    phone.chatId = chatId;
    this.phones.push(phone);
    this.row.append(phone.element);
    return phone;
  }

  changed() {
    remember("phones", this.phones.map((phone) => phone.chatId));
    this.arrange();
  }

  async addPhone() {
    const id = await addPerson();
    if (!id) return;
    const phone = this.add(id);
    this.current = this.phones.length - 1;
    await phone.show(id);
    phone.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    phone.composer.element.querySelector("button:not([hidden]), textarea")?.focus();
  }

  away(phone) {
    if (this.phones.length < 2) return;
    const at = this.phones.indexOf(phone);
    this.phones.splice(at, 1);
    phone.close();
    this.current = Math.max(0, Math.min(this.current, this.phones.length - 1));
    this.changed();
    this.phones[this.current].whose.focus();
  }

  /** Which phones can be seen, and the tabs for a narrow screen. */
  arrange() {
    for (const [index, phone] of this.phones.entries()) phone.element.hidden = narrow.matches && index !== this.current;
    this.place.dataset.count = this.phones.length;
    this.plus.hidden = this.phones.length >= MOST;
    this.showTabs();
    for (const phone of this.phones) phone.seen();
  }

  showTabs() {
    const shape = JSON.stringify([this.current, this.phones.map((one) => [one.chatId, world.chats.get(one.chatId)?.unread])]);
    if (shape === this.tabsShape) return;
    this.tabsShape = shape;
    const held = this.tabs.contains(document.activeElement);
    fill(
      this.tabs,
      this.phones.map((phone, index) => {
        const unread = world.chats.get(phone.chatId)?.unread ?? 0;
        const badge = unread && index !== this.current ? h("span", { class: "badge" }, h("span", { class: "unseen" }, ` ${tn("unreadOne", "unreadMany", unread)}`), h("span", { "aria-hidden": "true" }, String(unread))) : null;
        return h("button", { type: "button", class: "phone-tab", "aria-pressed": String(index === this.current), onclick: () => this.choose(index) }, name(titleOf(phone.chatId)), badge);
      }),
    );
    roving(this.tabs, ".phone-tab");
    if (held) this.tabs.children[this.current]?.focus();
  }

  choose(index) {
    this.current = index;
    this.arrange();
    this.phones[index].log.toEnd();
  }

  /** The phone that shows a chat; if none does, one that fits is handed over. */
  async bring(chatId) {
    let index = this.phones.findIndex((phone) => phone.chatId === chatId);
    if (index < 0) {
      index = Math.min(this.placeFor(chatId), this.phones.length - 1);
      await this.phones[index].show(chatId);
    }
    if (index !== this.current) this.choose(index);
    return this.phones[index];
  }

  placeFor(chatId) {
    if (chatId < 0) {
      const group = this.phones.findIndex((phone) => phone.isGroup);
      return group >= 0 ? group : 2;
    }
    const role = personOf(chatId)?.role;
    const same = this.phones.findIndex((phone) => personOf(phone.chatId)?.role === role);
    if (same >= 0) return same;
    return { volunteer: 1, coordinator: 2 }[role] ?? 0;
  }

  /** Marks a phone and a message, as a tour does; without a chat nothing is marked. */
  async point(chatId, messageId) {
    for (const phone of this.phones) {
      phone.element.classList.remove("pointed");
      phone.log.point(-1);
    }
    if (!chatId || !world.chats.has(chatId)) return;
    const phone = await this.bring(chatId);
    phone.element.classList.add("pointed");
    if (!messageId) return;
    phone.log.point(messageId);
    if (messageId !== phone.log.newest()) phone.log.find(messageId)?.scrollIntoView({ block: "nearest" });
  }

  /** A banner for a message on a phone that nobody looks at; a tour shows by itself what matters. */
  announce(message) {
    if (!message.notice || world.tour || this.phones.some((phone) => phone.chatId === message.chat_id)) return;
    this.notices.querySelector(`[data-chat="${message.chat_id}"]`)?.remove();
    const banner = h(
      "button",
      { type: "button", class: "banner", data: { chat: message.chat_id }, onclick: () => this.bring(message.chat_id).then(() => banner.remove()) },
      avatar(message.chat_id),
      h("span", { class: "person-words" }, h("b", {}, t("newFor", { name: `\u2068${titleOf(message.chat_id)}\u2069` })), h("small", { dir: "auto" }, message.notice.text)),
    );
    this.notices.append(banner);
    while (this.notices.children.length > NOTICES) this.notices.firstChild.remove();
    setTimeout(() => !banner.matches(":hover, :focus") && banner.remove(), NOTICE_MS);
  }
}
