/** One message as it stands in a chat. */

import { layoutOf } from "./direction.js";
import { h, icon, iconButton, name, roving } from "./dom.js";
import { audio, documentCard, locationCard, photo } from "./media.js";
import { oneLine, richText } from "./richtext.js";
import { personOf, world } from "./store.js";
import { has, t } from "./texts.js";
import { clock, dateTime } from "./times.js";

/**
 * The element of a message. `phone` knows whose phone it is and does what is tapped:
 * chatId, tap(message, row, column, button), more(message, anchor), link(kind, value), me().
 */
export function bubble(message, phone) {
  if (message.kind === "service") return service(message);
  const mine = phone.isGroup ? message.from.id === phone.me() : message.own;
  const said = h("div", { class: "bubble" }, head(message, phone, mine), content(message, phone), foot(message));
  const more = iconButton("dots", t("messageMenu", { time: clock(message.date) }), () => phone.more(message, more), {
    class: "more",
    "aria-haspopup": "menu",
    tabindex: "-1",
  });
  const line = h("div", { class: "line" }, said, more);
  line.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, audio")) return;
    event.preventDefault();
    phone.more(message, more);
  });
  return h(
    "article",
    { class: `message ${mine ? "out" : "in"}${message.kind === "sticker" ? " bare" : ""}${message.buttons?.length ? " asks" : ""}`, data: { id: message.id } },
    line,
    message.buttons?.length ? keyboard(message, phone) : null,
    reactions(message),
  );
}

function service(message) {
  return h("article", { class: "message service", data: { id: message.id } }, h("p", { dir: "auto" }, serviceText(message)));
}

/** The grey line in the page's language; what it does not know, in the server's English. */
function serviceText({ from, service: { what, text } }) {
  const [, object] = /^.*? (?:added|opened the topic|renamed the topic to) (.*)$/.exec(text) ?? [];
  const key = `service_${what}${object ? "" : "_alone"}`;
  return has(key) ? t(key, { who: `\u2068${from.name}\u2069`, what: `\u2068${object}\u2069` }) : text;
}

/** Who says it (to the eye in groups only, always to a screen reader), what it answers. */
function head(message, phone, mine) {
  const parts = [];
  const shown = phone.isGroup && !mine;
  parts.push(h("p", { class: shown ? "sender" : "unseen" }, shown ? name(message.from.name) : t("says", { name: message.from.name })));
  if (message.forwarded_from) parts.push(h("p", { class: "forwarded", dir: "auto" }, t("forwardedFrom", { name: `\u2068${message.forwarded_from}\u2069` })));
  if (message.reply_to) {
    parts.push(
      h(
        "button",
        { type: "button", class: "quoted", onclick: () => phone.jump(message.reply_to.id) },
        h("b", {}, name(message.reply_to.name)),
        h("span", { dir: "auto" }, message.reply_to.text || "…"),
      ),
    );
  }
  return parts;
}

function content(message, phone) {
  const language = message.from.bot || !message.own ? personOf(phone.chatId)?.language_code : null;
  const parts = [];
  const { file } = message;
  if (message.kind === "voice" && file) parts.push(audio(file));
  if (message.kind === "photo" && file) parts.push(photo(file));
  if (message.kind === "document" && file) parts.push(documentCard(file));
  if (message.location) parts.push(locationCard(message.location));
  if (message.contact) {
    const { first_name: first, last_name: last, phone_number: number } = message.contact;
    parts.push(h("div", { class: "card" }, icon("person"), h("span", {}, name([first, last].filter(Boolean).join(" ")), h("small", { dir: "ltr" }, number))));
  }
  if (message.sticker) parts.push(h("div", { class: "sticker" }, message.sticker));
  if (message.text) parts.push(h("div", { class: "text", lang: language }, richText(message.text, message.entities, phone.link)));
  return parts;
}

function foot(message) {
  const edited = message.edited ? h("span", { class: "edited" }, t("edited")) : null;
  const at = h("time", { datetime: new Date(message.date * 1000).toISOString(), title: dateTime(message.date) }, clock(message.date));
  return h("p", { class: "foot" }, edited, at);
}

function keyboard(message, phone) {
  const rows = message.buttons.map((row, rowAt) =>
    h(
      "div",
      { class: "keys" },
      row.map((button, columnAt) => {
        const outside = button.does === "url" ? t("opensOutside", { url: button.url }) : null;
        const key = h(
          "button",
          { type: "button", class: `key does-${button.does}`, title: outside, data: { at: `${rowAt}.${columnAt}` }, onclick: () => phone.tap(message, rowAt, columnAt, button, key) },
          h("span", { dir: "auto" }, button.text),
        );
        return key;
      }),
    ),
  );
  const group = h("div", { class: "inline-keyboard", role: "group", "aria-label": t("buttons"), dir: phone.isGroup ? "ltr" : layoutOf(personOf(phone.chatId)?.language_code) }, rows);
  roving(group, ".key");
  return group;
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const list = message.reactions.map((one) => one.emoji + (one.ids.length > 1 ? ` ${one.ids.length}` : ""));
  return h("p", { class: "reactions", "aria-label": t("reactions", { list: list.join(" ") }), role: "img" }, list.map((one) => h("span", {}, one)));
}

/** What a message is about in one line, for quotations and notices. */
export function summary(message) {
  if (message.text) return oneLine(message.text, message.entities);
  const kinds = { voice: t("voiceMessage"), photo: t("photoAlt"), location: t("location").replace(" …", ""), contact: t("contactCard"), document: message.file?.name };
  return message.sticker ?? kinds[message.kind] ?? message.service?.text ?? world.bot.name;
}
