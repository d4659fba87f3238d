/** Faults to switch on and off, and the bot to be cut off in mid-work. */

import { post, remove } from "./api.js";
import { h } from "./dom.js";
import { field, toast } from "./popup.js";
import { emit, titleOf, world } from "./store.js";
import { t } from "./texts.js";

const KINDS = [
  ["429", "fault429", { retry_after: 5 }],
  ["500", "fault500", {}],
  ["502", "fault502", {}],
  ["lost", "faultLost", {}],
  ["lost_after", "faultLostAfter", {}],
  ["slow", "faultSlow", { seconds: 3 }],
];

export class FaultPanel {
  constructor() {
    const kind = h("select", {}, KINDS.map(([value, label]) => h("option", { value }, t(label))));
    const where = h("select", {}, h("option", { value: "" }, t("everyChat")), [...world.chats.keys()].map((id) => h("option", { value: String(id) }, titleOf(id))));
    const times = h("select", {}, h("option", { value: "1" }, t("once")), h("option", { value: "" }, t("forEver")));
    const form = h(
      "form",
      {
        class: "fault-form",
        onsubmit: (event) => {
          event.preventDefault();
          const [, , extra] = KINDS.find(([value]) => value === kind.value);
          ask(() => post("/api/faults", { kind: kind.value, times: times.value ? 1 : null, ...(where.value ? { chat_id: Number(where.value) } : {}), ...extra }));
        },
      },
      field(t("faultKind"), kind),
      field(t("faultWhere"), where),
      field(t("faultTimes"), times),
      h("button", { type: "submit", class: "main-button" }, t("switchOn")),
    );
    const down = h("input", { type: "checkbox", role: "switch", checked: world.down, onchange: (event) => ask(() => post("/api/faults", { kind: event.target.checked ? "down" : "up" })) });
    const restart = h("button", { type: "button", class: "plain-button", onclick: () => restartBot(restart) }, t("restart"));
    this.element = h(
      "div",
      {},
      h("p", { class: "hint" }, t("faultsHint")),
      form,
      h("h3", {}, t("activeFaults")),
      world.faults.length ? h("ul", { class: "fault-list" }, world.faults.map(active)) : h("p", { class: "hint" }, t("noFaults")),
      h("label", { class: "switch" }, down, h("span", {}, t("telegramDown"), h("small", {}, t("telegramDownHint")))),
      restart,
      h("p", { class: "hint" }, t("blockedHint")),
    );
  }
}

function active(fault) {
  const label = KINDS.find(([kind]) => kind === fault.kind)?.[1];
  const words = [label ? t(label) : fault.kind, fault.chat_id ? titleOf(fault.chat_id) : null, fault.times === null ? t("forEver") : t("once"), t("faultHits", { hits: fault.hits })];
  const text = words.filter(Boolean).join(" · ");
  return h("li", {}, h("span", {}, text), h("button", { type: "button", class: "plain-button", "aria-label": `${t("takeOff")}: ${text}`, onclick: () => ask(() => remove(`/api/faults/${fault.id}`)) }, t("takeOff")));
}

async function ask(deed) {
  try {
    await deed();
  } catch (problem) {
    emit("problem", problem);
  }
}

/** Cuts the bot off and starts it again. */
async function restartBot(button) {
  button.disabled = true;
  try {
    await post("/api/bot/restart");
    toast(t("restarted"));
  } catch (problem) {
    emit("problem", problem);
  } finally {
    button.disabled = false;
    button.focus();
  }
}
