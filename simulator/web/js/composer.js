/** Where a person writes: text, voice, attachments, the menu of commands, the bot's reply keys. */

import { fill, h, icon, iconButton, roving } from "./dom.js";
import { chooseLocation } from "./dialogs.js";
import { base64 } from "./media.js";
import { openMenu, toast } from "./popup.js";
import { summary } from "./bubble.js";
import { world } from "./store.js";
import { t } from "./texts.js";

const LARGEST = 5_000_000;

/** `phone`: chatId, isGroup, me(), topic(), say(deed, body) → promise, report(problem). */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.about = null; // {kind: "reply" | "edit", message}
    this.input = h("textarea", {
      rows: "1",
      dir: "auto",
      placeholder: t("writeMessage"),
      "aria-label": t("writeMessage"),
      enterkeyhint: "send",
      autocomplete: "off",
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
    });
    this.commands = iconButton("menu", t("commands"), () => this.openCommands(), { "aria-haspopup": "menu" });
    this.attach = iconButton("attach", t("attach"), () => this.openAttach(), { "aria-haspopup": "menu" });
    this.file = h("input", { type: "file", hidden: true, "aria-hidden": "true", tabindex: "-1", onchange: () => this.sendFile() });
    this.mic = iconButton("mic", t("record"), () => this.phone.say("voice", this.where()), { class: "mic" });
    this.sendButton = iconButton("send", t("send"), () => this.send(), { class: "send", hidden: true });
    this.note = h("div", { class: "about", hidden: true });
    this.keys = h("div", { class: "reply-keys", role: "group", "aria-label": t("keyboardLabel"), hidden: true });
    this.form = h("div", { class: "write" }, this.commands, this.attach, this.input, this.file, this.mic, this.sendButton);
    this.instead = h("button", { type: "button", class: "start-button", onclick: () => this.insteadOfWriting() });
    this.element = h("div", { class: "composer" }, this.note, this.form, this.instead, this.keys);
    roving(this.keys, "button");
  }

  /** After the chat's summary changed. */
  refresh() {
    const chat = world.chats.get(this.phone.chatId);
    const quiet = chat && !this.phone.isGroup && (chat.blocked || !chat.started);
    this.instead.hidden = !quiet;
    this.instead.textContent = chat?.blocked ? t("unblock") : t("start");
    this.form.hidden = Boolean(quiet);
    this.commands.hidden = !chat?.commands?.length;
    this.attach.hidden = this.phone.isGroup;
    const rows = quiet ? null : chat?.keyboard?.rows;
    if (!quiet && this.focusSoon) {
      this.focusSoon = false;
      this.input.focus();
    }
    const shape = JSON.stringify(rows ?? null);
    if (shape === this.keysShape) return;
    this.keysShape = shape;
    this.keys.hidden = !rows;
    fill(this.keys, (rows ?? []).map((row) => h("div", { class: "keys" }, row.map((key) => this.replyKey(key)))));
    if (chat?.keyboard?.placeholder) this.input.placeholder = chat.keyboard.placeholder;
    else this.input.placeholder = t("writeMessage");
    roving(this.keys, "button");
  }

  replyKey(key) {
    return h("button", { type: "button", class: "reply-key", onclick: () => this.phone.say("key", { label: key.text }) }, h("span", { dir: "auto" }, key.text));
  }

  /** Where a message goes: topic, answered message, who speaks in a group. */
  where() {
    const reply = this.about?.kind === "reply" ? { reply_to: this.about.message.id } : {};
    if (!this.phone.isGroup) return reply;
    const topic = this.phone.topic();
    return { ...reply, as: this.phone.me(), ...(topic ? { topic } : {}) };
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const editing = this.about?.kind === "edit" ? this.about.message : null;
    const body = editing ? { message_id: editing.id, text, ...this.where() } : { text, ...this.where() };
    this.input.value = "";
    this.regard(null);
    this.typed();
    if (!(await this.phone.say(editing ? "edit" : "say", body))) {
      this.input.value = text;
      this.typed();
    }
  }

  typed() {
    const empty = !this.input.value.trim();
    this.mic.hidden = !empty;
    this.sendButton.hidden = empty;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(120, this.input.scrollHeight)}px`;
  }

  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
    if (event.key === "Escape" && this.about) this.regard(null);
  }

  /** Replying to a message, changing one, or (null) neither. */
  regard(about) {
    if (this.about?.kind === "edit" && !about) this.input.value = "";
    this.about = about;
    this.note.hidden = !about;
    if (!about) return;
    const title = about.kind === "edit" ? t("editing") : t("replyTo", { name: `\u2068${about.message.from.name}\u2069` });
    fill(
      this.note,
      h("div", {}, h("b", {}, title), h("span", { dir: "auto" }, summary(about.message))),
      iconButton("close", t("cancel"), () => {
        this.regard(null);
        this.typed();
      }),
    );
    if (about.kind === "edit") this.input.value = about.message.text;
    this.typed();
    this.input.focus();
  }

  insteadOfWriting() {
    const chat = world.chats.get(this.phone.chatId);
    this.focusSoon = true; // the text field appears when the server says so
    this.phone.say(chat?.blocked ? "unblock" : "start", {});
  }

  openCommands() {
    const { commands } = world.chats.get(this.phone.chatId);
    openMenu(
      this.commands,
      t("commands"),
      commands.map((one) => ({
        children: [h("span", { dir: "auto", class: "command-about" }, one.description), h("code", { dir: "ltr" }, `/${one.command}`)],
        act: () => this.phone.say("say", { text: `/${one.command}`, ...this.where() }),
      })),
    );
  }

  openAttach() {
    const item = (symbol, label, chosen) => ({ children: [icon(symbol), h("span", {}, label)], act: chosen });
    const caption = () => (this.input.value.trim() ? { caption: this.input.value.trim() } : {});
    const sends = (deed) => () =>
      this.phone.say(deed, caption()).then((done) => {
        if (done) this.input.value = "";
        this.typed();
      });
    openMenu(this.attach, t("attach"), [
      item("sun", t("photo"), sends("photo")),
      item("doc", t("document"), sends("document")),
      item("attach", t("ownFile"), () => this.file.click()),
      item("pin", t("location"), async () => {
        const place = await chooseLocation();
        if (place) this.phone.say("location", place);
      }),
      item("person", t("contact"), () => this.phone.say("contact", {})),
      item("plus", t("sticker"), () => this.phone.say("sticker", { emoji: "👍" })),
    ]);
  }

  async sendFile() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    if (file.size > LARGEST) {
      toast(t("tooLarge"));
      return;
    }
    const data = await base64(file);
    if (file.type.startsWith("image/")) await this.phone.say("photo", { data });
    else await this.phone.say("document", { data, name: file.name, mime: file.type || "application/octet-stream" });
  }
}

/** The list from which somebody who speaks in a group is chosen. */
export function speakerChoice(members, chosen, change) {
  const options = members.map((one) => h("option", { value: String(one.id), selected: one.id === chosen }, one.name));
  return h("label", { class: "speaker" }, h("span", {}, t("speakAs")), h("select", { onchange: (event) => change(Number(event.target.value)) }, options));
}
