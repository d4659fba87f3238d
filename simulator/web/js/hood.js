/** Under the hood: the bot's requests, its updates, faults to switch on, and chats to save. */

import { fill, h, iconButton, name, roving } from "./dom.js";
import { FaultPanel } from "./faults.js";
import { recall, remember } from "./memory.js";
import { download } from "./phone.js";
import { emit, on, titleOf, world } from "./store.js";
import { t } from "./texts.js";
import { clock } from "./times.js";

const SHOWN = 80;
const PANELS = ["requests", "updates", "faults", "save"];

export class Hood {
  constructor(place) {
    this.place = place;
    this.panel = recall("hood.panel", "requests");
    if (!PANELS.includes(this.panel)) this.panel = "requests";
    this.only = 0;
    this.tabs = h(
      "div",
      { class: "hood-tabs", role: "tablist", "aria-label": t("underTheHood") },
      PANELS.map((one) => h("button", { type: "button", role: "tab", id: `tab-${one}`, "aria-controls": "hood-panel", onclick: () => this.choose(one) }, t(one))),
    );
    this.outbox = h("p", { class: "outbox", role: "status" });
    this.body = h("div", { id: "hood-panel", class: "hood-body", role: "tabpanel", tabindex: "0" });
    fill(place, h("div", { class: "hood-head" }, h("h2", {}, t("underTheHood")), iconButton("close", t("close"), () => this.toggle())), this.outbox, this.tabs, this.body);
    roving(this.tabs, "button");
    this.ends = [
      on("request", ({ entry }) => this.came("requests", entry)),
      on("update", ({ update }) => this.came("updates", update)),
      on("faults", () => this.panel === "faults" && this.draw()),
      on("outbox", () => this.showOutbox()),
    ];
    place.hidden = !recall("hood", false);
    this.choose(this.panel);
  }

  close() {
    for (const end of this.ends) end();
  }

  toggle() {
    this.place.hidden = !this.place.hidden;
    remember("hood", !this.place.hidden);
    this.draw();
    if (!this.place.hidden) this.tabs.querySelector('[aria-selected="true"]').focus();
    emit("hood");
  }

  choose(panel) {
    this.panel = panel;
    remember("hood.panel", panel);
    for (const tab of this.tabs.children) {
      const chosen = tab.id === `tab-${panel}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.body.setAttribute("aria-labelledby", `tab-${panel}`);
    this.draw();
  }

  draw() {
    if (this.place.hidden) return;
    this.showOutbox();
    if (this.panel === "faults") fill(this.body, new FaultPanel().element);
    else if (this.panel === "save") fill(this.body, this.saving());
    else this.drawList();
  }

  showOutbox() {
    this.outbox.textContent = t("outboxLabel", world.outbox);
  }

  drawList() {
    const make = this.panel === "requests" ? request : update;
    const fits = world[this.panel].filter((one) => !this.only || one.chat_id === this.only);
    this.list = h("ol", { class: "hood-list", reversed: true }, fits.slice(-SHOWN).reverse().map(make));
    fill(this.body, h("p", { class: "hint" }, t(`${this.panel}Hint`)), this.filter(), this.list, fits.length ? null : h("p", { class: "hint" }, t("nothingYet")));
  }

  filter() {
    const choice = (id, label) => h("option", { value: String(id), selected: id === this.only }, label);
    return h(
      "label",
      { class: "field inline" },
      h("span", {}, t("filterChat")),
      h("select", { onchange: (event) => this.narrow(Number(event.target.value)) }, choice(0, t("everyChat")), [...world.chats.keys()].map((id) => choice(id, titleOf(id)))),
    );
  }

  narrow(chatId) {
    this.only = chatId;
    this.drawList();
    this.body.querySelector("select").focus();
  }

  came(panel, entry) {
    if (this.place.hidden || this.panel !== panel || !this.list) return;
    if (this.only && entry.chat_id !== this.only) return;
    if (!this.list.childElementCount) {
      this.drawList();
      return;
    }
    const key = panel === "requests" ? `r${entry.seq}` : `u${entry.id}`;
    const old = this.list.querySelector(`[data-key="${key}"]`);
    const fresh = panel === "requests" ? request(entry) : update(entry);
    if (old) old.replaceWith(fresh);
    else this.list.prepend(fresh);
    while (this.list.childElementCount > SHOWN) this.list.lastChild.remove();
  }

  saving() {
    const save = (label, path, whole) => h("button", { type: "button", class: "plain-button", "aria-label": whole, onclick: () => download(path) }, label);
    const rows = [...world.chats.values()].map((chat) => {
      const title = titleOf(chat.id);
      return h("li", {}, name(title), save(t("asText"), `/api/chats/${chat.id}/chat.txt`, `${title}: ${t("asText")}`), save(t("asTest"), `/api/chats/${chat.id}/test_chat.py`, `${title}: ${t("asTest")}`));
    });
    return [h("p", { class: "hint" }, t("saveHint")), save(t("wholeTown"), "/api/test_town.py"), h("ul", { class: "save-list" }, rows)];
  }
}

function whoseChat(id) {
  return id ? h("span", { class: "whose-chat" }, name(titleOf(id))) : null;
}

function request(entry) {
  const bad = entry.status === null || entry.status >= 400;
  const outcome = entry.status === null ? t("dropped") : entry.error ? `${entry.status} ${entry.error}` : String(entry.status);
  return h(
    "li",
    { data: { key: `r${entry.seq}` } },
    h(
      "details",
      {},
      h("summary", {}, h("time", {}, clock(entry.time)), h("code", {}, entry.method), whoseChat(entry.chat_id), h("span", { class: bad ? "outcome bad" : "outcome" }, outcome)),
      h("pre", { tabindex: "0", dir: "auto" }, JSON.stringify(entry.params, null, 1), entry.result ? `\n→ ${entry.result}` : ""),
    ),
  );
}

function update(entry) {
  return h(
    "li",
    { data: { key: `u${entry.id}` } },
    h(
      "details",
      {},
      h("summary", {}, h("time", {}, clock(entry.time)), h("code", {}, entry.kind), whoseChat(entry.chat_id), h("span", { class: "short", dir: "auto" }, entry.short ?? "")),
      h("pre", { tabindex: "0", dir: "auto" }, JSON.stringify(entry.json, null, 1)),
    ),
  );
}
