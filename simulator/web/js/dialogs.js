/** Dialogs: whose phone, a new person, a location, a link, forwarding, alerts. */

import { post } from "./api.js";
import { h, icon, name, roving } from "./dom.js";
import { field, openDialog, openForm } from "./popup.js";
import { emit, titleOf, world } from "./store.js";
import { both, t, tn } from "./texts.js";

const LANGUAGES = [
  ["ar", "العربية"],
  ["fa", "فارسی"],
  ["prs", "دری"],
  ["kmr", "Kurmancî"],
  ["ckb", "کوردی (سۆرانی)"],
  ["tr", "Türkçe"],
  ["uk", "Українська"],
  ["de", "Deutsch"],
  ["en", "English"],
  ["fr", "Français"],
  ["ru", "Русский"],
];
const TOWNS = {
  Halberstadt: [51.8961, 11.0473],
  Wernigerode: [51.8347, 10.7854],
  Quedlinburg: [51.7897, 11.1418],
  Thale: [51.7497, 11.0411],
  Blankenburg: [51.7898, 10.962],
  Ilsenburg: [51.8664, 10.6794],
  Osterwieck: [51.9682, 10.7109],
  Huy: [51.9567, 10.9331],
  Oschersleben: [52.0306, 11.2289],
  Harzgerode: [51.6419, 11.1436],
  "Elend (Oberharz)": [51.7449, 10.6886],
  Ballenstedt: [51.7192, 11.2326],
};

/** A round picture with the first letter of a name. */
export function avatar(chatId) {
  const title = titleOf(chatId);
  const group = chatId < 0;
  return h("span", { class: `avatar tint-${Math.abs(chatId) % 6}`, "aria-hidden": "true" }, group ? "👥" : [...title][0]);
}

const ROLES = [
  ["requester", "requesters"],
  ["new", "news"],
  ["volunteer", "volunteers"],
  ["coordinator", "coordinators"],
];

/** Everybody and every group; resolves with the chosen chat's id, null if none was chosen. */
export function choosePhone(current) {
  return openDialog(
    t("whoseTitle"),
    (close) => {
      const list = h("div", { class: "people" });
      const search = h("input", { type: "search", "aria-label": t("searchPeople"), placeholder: t("searchPeople"), dir: "auto", oninput: () => narrow(list, search.value, settle) });
      const groups = [...world.chats.values()].filter((one) => one.id < 0);
      if (groups.length) list.append(section(t("groups"), groups.map((one) => entry(one.id, current, close))));
      for (const [role, heading] of ROLES) {
        const people = [...world.people.values()].filter((one) => one.role === role);
        if (people.length) list.append(section(t(heading), people.map((one) => entry(one.id, current, close))));
      }
      const settle = roving(list, ".person");
      const add = h("button", { type: "button", class: "plain-button", onclick: () => close("add") }, icon("plus"), t("addPerson"));
      return [search, list, h("div", { class: "dialog-foot" }, add)];
    },
    { className: "chooser" },
  ).then((chosen) => (chosen === "add" ? addPerson() : chosen));
}

function section(title, entries) {
  return h("section", {}, h("h3", {}, title), entries);
}

function entry(chatId, current, close) {
  const chat = world.chats.get(chatId);
  const person = world.people.get(chatId);
  const about = person ? both(person.about) || t(person.role) : tn("memberOne", "memberMany", chat.members.length);
  const unread = chat?.unread ?? 0;
  return h(
    "button",
    { type: "button", class: "person", "aria-current": chatId === current ? "true" : null, onclick: () => close(chatId) },
    avatar(chatId),
    h("span", { class: "person-words" }, h("b", {}, name(titleOf(chatId))), h("small", { dir: "auto" }, about)),
    unread ? h("span", { class: "badge" }, h("span", { class: "unseen" }, ` ${tn("unreadOne", "unreadMany", unread)}`), h("span", { "aria-hidden": "true" }, String(unread))) : null,
  );
}

function narrow(list, wanted, settle) {
  const words = wanted.trim().toLowerCase();
  for (const each of list.querySelectorAll(".person")) each.hidden = !each.textContent.toLowerCase().includes(words);
  for (const each of list.querySelectorAll("section")) each.hidden = !each.querySelector(".person:not([hidden])");
  settle();
}

/** A new person with a phone of their own; resolves with their id. */
export async function addPerson() {
  const options = LANGUAGES.map(([code, label]) => h("option", { value: code, lang: code }, label));
  const said = await openForm(
    t("addPerson"),
    t("add"),
    field(t("personName"), h("input", { name: "name", required: true, maxlength: "60", dir: "auto", autocomplete: "off" })),
    field(t("personLanguage"), h("select", { name: "language_code" }, options)),
  );
  if (!said?.get("name")?.trim()) return null;
  try {
    const { person } = await post("/api/people", { name: said.get("name").trim(), language_code: said.get("language_code") });
    world.people.set(person.id, person);
    return person.id;
  } catch (problem) {
    emit("problem", problem);
    return null;
  }
}

/** A town of the list, or typed coordinates; null if dismissed. */
export async function chooseLocation() {
  const latitude = h("input", { name: "latitude", type: "number", step: "any", min: "-90", max: "90", required: true, dir: "ltr" });
  const longitude = h("input", { name: "longitude", type: "number", step: "any", min: "-180", max: "180", required: true, dir: "ltr" });
  const town = h(
    "select",
    { onchange: () => ([latitude.value, longitude.value] = TOWNS[town.value]) },
    Object.keys(TOWNS).map((one) => h("option", { value: one }, one)),
  );
  [latitude.value, longitude.value] = TOWNS.Halberstadt;
  const said = await openForm(t("locationTitle"), t("send"), field(t("town"), town), h("div", { class: "pair" }, field(t("latitude"), latitude), field(t("longitude"), longitude)));
  return said && { latitude: Number(said.get("latitude")), longitude: Number(said.get("longitude")) };
}

/** What stands after start= in a link or is typed alone; null if there is none. */
export function payloadOf(text) {
  const given = text.trim();
  const found = /[?&]start=([A-Za-z0-9_-]{1,64})/.exec(given);
  if (found) return found[1];
  return /^[A-Za-z0-9_-]{1,64}$/.test(given) ? given : null;
}

/** Resolves with {payload?}, null if dismissed. */
export async function askLink() {
  const said = await openForm(t("linkTitle"), t("open"), field(t("linkLabel"), h("input", { name: "link", required: true, dir: "ltr", autocomplete: "off" }), t("linkHint")));
  if (!said) return null;
  const payload = payloadOf(said.get("link"));
  return payload ? { payload } : {};
}

/** The chat a message is forwarded to. */
export function chooseForward(from) {
  return openDialog(
    t("forwardTitle"),
    (close) => {
      const list = h("div", { class: "people" });
      for (const one of world.people.values()) if (one.id !== from) list.append(entry(one.id, null, close));
      roving(list, ".person");
      return list;
    },
    { className: "chooser" },
  );
}

export async function askTopic() {
  const said = await openForm(t("newTopic").replace(" …", ""), t("add"), field(t("topicName"), h("input", { name: "name", required: true, maxlength: "128", dir: "auto" })));
  return said?.get("name")?.trim() || null;
}

/** What the bot shows as an alert: stays until it is read. */
export function alertBox(text) {
  return openDialog(t("alertTitle"), (close) => [
    h("p", { dir: "auto", class: "alert-text" }, text),
    h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "main-button", data: { first: "" }, onclick: () => close() }, t("ok"))),
  ]);
}
