/** One phone on the desk: whose it is, its chat, what is written on it, and its lock screen. */

import { act } from "./api.js";
import { alertBox, askLink, askTopic, avatar, choosePhone, payloadOf } from "./dialogs.js";
import { layoutOf } from "./direction.js";
import { Composer, speakerChoice } from "./composer.js";
import { fill, freshId, h, icon, iconButton, name, roving } from "./dom.js";
import { LockScreen } from "./lock.js";
import { Log } from "./log.js";
import { messageMenu } from "./messagemenu.js";
import { openMenu, toast } from "./popup.js";
import { answerTo, emit, on, personOf, titleOf, world } from "./store.js";
import { both, t, tn } from "./texts.js";

export class Phone {
  /** `changed(phone)` after it was given to somebody else; `away(phone)` to put it away. */
  constructor({ changed, away }) {
    this.changed = changed;
    this.away = away;
    this.chatId = 0;
    this.speaker = new Map(); // group -> who speaks in it
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.lockScreen = new LockScreen(this);
    this.title = h("h2", { id: freshId("phone-title"), class: "unseen" });
    this.holder = h("span", { class: "holder" });
    this.sub = h("span", { class: "sub", dir: "auto" });
    this.face = h("span", { class: "face" });
    this.whose = h("button", { type: "button", class: "whose", "aria-haspopup": "dialog", onclick: () => this.choose() }, this.face, h("span", { class: "whose-words" }, this.holder, this.sub), icon("down"));
    this.lockButton = iconButton("lock", t("lockPhone"), () => this.lockScreen.toggle(), { "aria-pressed": "false" });
    this.more_ = iconButton("dots", t("phoneMenu"), () => this.openMenu(), { "aria-haspopup": "menu" });
    this.topics = h("div", { class: "topics", role: "group", "aria-label": t("topics"), hidden: true });
    this.extra = h("div", { class: "speaker-row", hidden: true });
    this.toasts = h("div", { class: "phone-toasts", role: "status" });
    this.screen = h("div", { class: "screen" }, this.topics, this.log.element, this.extra, this.composer.element, this.toasts, this.lockScreen.element);
    this.element = h("section", { class: "phone", "aria-labelledby": this.title.id }, h("div", { class: "phone-head" }, this.title, this.whose, this.lockButton, this.more_), this.screen);
    this.ends = [
      on("chat", ({ chat }) => chat.id === this.chatId && this.refresh()),
      on("typing", (event) => event.chat_id === this.chatId && this.showTyping(event.seconds)),
      on("message", ({ message }) => message.chat_id === this.chatId && message.from.bot && this.showTyping(0)),
    ];
    document.addEventListener("visibilitychange", () => this.seen());
  }

  close() {
    for (const end of this.ends) end();
    this.log.close();
    this.lockScreen.close();
    this.element.remove();
  }

  get isGroup() {
    return this.chatId < 0;
  }

  /** Gives the phone to another person or group. */
  async show(chatId) {
    this.chatId = chatId;
    this.log.topic = null;
    this.composer.about = null;
    this.composer.note.hidden = true;
    this.showTyping(0);
    this.element.dataset.chat = chatId;
    this.screen.dir = layoutOf(personOf(chatId)?.language_code);
    this.refresh();
    this.changed(this);
    try {
      await this.log.show();
    } catch (problem) {
      emit("problem", problem);
    }
    this.refresh();
    this.lockScreen.refresh();
  }

  /** Brings header, topics and keys up to date; says that what is on the screen was read. */
  refresh() {
    const chat = world.chats.get(this.chatId);
    const person = personOf(this.chatId);
    fill(this.face, avatar(this.chatId));
    fill(this.title, name(titleOf(this.chatId)));
    fill(this.holder, name(titleOf(this.chatId)));
    this.whose.setAttribute("aria-label", t("whose", { name: titleOf(this.chatId) }));
    if (!this.typing) {
      const state = chat?.blocked ? t("blockedState") : person ? both(person.about) || t(person.role) : tn("memberOne", "memberMany", chat?.members?.length ?? 0);
      this.sub.textContent = state;
    }
    this.showTopics(chat);
    this.showSpeakers(chat);
    this.composer.refresh();
    this.seen();
  }

  showTopics(chat) {
    const topics = chat?.topics ?? [];
    this.topics.hidden = !chat?.forum && !topics.length;
    if (this.topics.hidden) return;
    const shape = JSON.stringify([topics, this.log.topic]);
    if (shape === this.topicsShape) return;
    this.topicsShape = shape;
    const tab = (id, label) =>
      h("button", { type: "button", class: "topic", "aria-pressed": String(this.log.topic === id), onclick: () => this.openTopic(id) }, h("bdi", {}, label));
    const held = this.topics.contains(document.activeElement);
    fill(this.topics, tab(null, t("allTopics")), tab(0, t("general")), topics.map((one) => tab(one.id, `${one.closed ? "🔒 " : ""}${one.name}`)));
    roving(this.topics, ".topic");
    const pressed = this.topics.querySelector('[aria-pressed="true"]');
    if (held) pressed?.focus();
  }

  openTopic(id) {
    this.log.topic = id;
    this.refresh();
    this.log.show();
  }

  topic() {
    return this.log.topic || null;
  }

  showSpeakers(chat) {
    const members = this.isGroup ? (chat?.members ?? []) : [];
    this.extra.hidden = members.length < 2;
    const shape = JSON.stringify([this.chatId, members]);
    if (shape === this.speakersShape) return;
    this.speakersShape = shape;
    fill(this.extra, members.length > 1 ? speakerChoice(members, this.me(), (id) => this.speaker.set(this.chatId, id)) : null);
  }

  /** Who acts here: the phone's person; in a group the chosen member. */
  me() {
    if (!this.isGroup) return this.chatId;
    const members = world.chats.get(this.chatId)?.members ?? [];
    return this.speaker.get(this.chatId) ?? members[0]?.id;
  }

  /** Tells the server what was read, unless the phone is locked or out of sight. */
  seen() {
    const chat = world.chats.get(this.chatId);
    if (!chat?.unread || this.lockScreen.on || document.hidden || !this.element.isConnected || this.element.hidden) return;
    const newest = this.log.newest();
    if (this.readUpTo === newest) return;
    this.readUpTo = newest;
    act(this.chatId, "read", { up_to: newest }).catch(() => (this.readUpTo = 0));
  }

  showTyping(seconds) {
    clearTimeout(this.typing);
    this.typing = null;
    this.element.classList.toggle("typing", seconds > 0);
    if (seconds > 0) {
      this.sub.textContent = `${world.bot.name} ${t("typing")}`;
      this.typing = setTimeout(() => {
        this.showTyping(0);
      }, seconds * 1000);
    } else if (this.chatId && world.chats.has(this.chatId) && this.title.firstChild) this.refresh();
  }

  // What a person does --------------------------------------------------------------------------

  /** Does something in the chat; true if it worked. */
  async say(deed, body) {
    try {
      await act(this.chatId, deed, body);
      this.log.toEnd();
      return true;
    } catch (problem) {
      emit("problem", problem);
      return false;
    }
  }

  async tap(message, row, column, button, key) {
    if (key.getAttribute("aria-busy") === "true") return;
    if (button.does === "url" && /^https?:\/\/t\.me\//.test(button.url ?? "")) {
      this.link("link", button.url);
      return;
    }
    key.setAttribute("aria-busy", "true");
    key.title = t("answering");
    try {
      const as = this.isGroup ? { as: this.me() } : {};
      const tapped = await act(this.chatId, "tap", { message_id: message.id, row, column, ...as });
      if (tapped.does === "url") window.open(tapped.url, "_blank", "noopener");
      if (tapped.does === "copy") await this.copy(tapped.copy ?? "");
      if (tapped.does === "callback") await this.hear(await answerTo(tapped.tap));
    } catch (problem) {
      emit("problem", problem);
    } finally {
      key.removeAttribute("aria-busy");
      key.removeAttribute("title");
    }
  }

  async hear(answer) {
    if (!answer) toast(t("noAnswer"), this.toasts);
    else if (answer.alert && answer.text) await alertBox(answer.text);
    else if (answer.text) toast(answer.text, this.toasts);
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    toast(t("copied"), this.toasts);
  }

  more(message, anchor) {
    messageMenu(this, message, anchor);
  }

  /** A command or a link of the bot in a text was tapped. */
  link(kind, value) {
    if (kind === "command") this.say("say", { text: value, ...this.composer.where() });
    else if (!this.isGroup) this.start(payloadOf(value));
  }

  start(payload) {
    return this.say("start", payload ? { payload } : {});
  }

  jump(id) {
    this.log.jump(id);
  }

  async choose() {
    const chosen = await choosePhone(this.chatId);
    if (chosen) await this.show(chosen);
    if (document.activeElement === document.body) this.whose.focus();
  }

  openMenu() {
    const chat = world.chats.get(this.chatId);
    const items = [];
    if (!this.isGroup) {
      items.push({ label: t("openLink"), act: () => askLink().then((said) => said && this.say("start", said)) });
      items.push(chat?.blocked ? { label: t("unblock"), act: () => this.say("unblock", {}) } : { label: t("block"), act: () => this.say("block", {}) });
    }
    if (chat?.forum) items.push({ label: t("newTopic"), act: () => askTopic().then((topic) => topic && this.say("topic", { name: topic, as: this.me() })) });
    items.push({ label: t("saveText"), act: () => download(`/api/chats/${this.chatId}/chat.txt`) });
    items.push({ label: t("saveTest"), act: () => download(`/api/chats/${this.chatId}/test_chat.py`) });
    items.push({ label: t("removePhone"), act: () => this.away(this) });
    openMenu(this.more_, t("phoneMenu"), items);
  }
}

/** Saves what the server sends as a download. */
export function download(path) {
  const link = h("a", { href: path, download: "", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}
