/** Pop-up menus and dialogs. Both close with Escape and give the focus back. */

import { h, iconButton, roving } from "./dom.js";
import { t } from "./texts.js";

/**
 * A menu beside `anchor`. `items`: {label, act, icon?, lang?} or {group: [items]} for a row of
 * small ones. Closes on a choice, on Escape and on a click elsewhere.
 */
export function openMenu(anchor, label, items) {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  const entry = (item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: item.small ? "menu-small" : "menu-item",
        "aria-label": item.name ?? null,
        onclick: () => {
          menu.hidePopover();
          item.act();
        },
      },
      item.children ?? item.label,
    );
  for (const item of items) {
    if (item.group) menu.append(h("div", { role: "group", class: "menu-row" }, item.group.map((one) => entry({ ...one, small: true }))));
    else menu.append(entry(item));
  }
  const home = anchor.closest("dialog, section, header") ?? document.body;
  home.append(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus({ preventScroll: true });
    menu.remove();
  });
  menu.showPopover();
  place(menu, anchor);
  roving(menu, "button");
  menu.querySelector("button")?.focus({ preventScroll: true });
  return menu;
}

/** Below the anchor if there is room, else above; never out of the window. */
function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + 4 + height < innerHeight;
  const top = below ? box.bottom + 4 : Math.max(8, box.top - height - 4);
  const wanted = box.left + width + 8 < innerWidth ? box.left : box.right - width;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.min(Math.max(8, wanted), innerWidth - width - 8)}px`;
}

/**
 * A modal dialog with a heading and a close button. `build(close)` gives its content. Resolves with
 * what `close(value)` was given; null if it was dismissed.
 */
export function openDialog(title, build, { className = "" } = {}) {
  return new Promise((resolve) => {
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    const heading = h("h2", { id: "dialog-title" }, title);
    const dialog = h(
      "dialog",
      { class: className, "aria-labelledby": "dialog-title" },
      h("div", { class: "dialog-head" }, heading, iconButton("close", t("close"), () => close())),
      build(close),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && beside(dialog, event) && close());
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[data-first], input, select")?.focus();
  });
}

function beside(dialog, { clientX: x, clientY: y }) {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/** A form in a dialog. Fields are built by the caller; resolves with FormData or null. */
export function openForm(title, submit, ...fields) {
  return openDialog(title, (close) =>
    h(
      "form",
      {
        method: "dialog",
        onsubmit: (event) => {
          event.preventDefault();
          close(new FormData(event.target));
        },
      },
      fields,
      h(
        "div",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "plain-button", onclick: () => close() }, t("cancel")),
        h("button", { type: "submit", class: "main-button" }, submit),
      ),
    ),
  );
}

/** A labelled form field. */
export function field(label, control, hint) {
  return h("label", { class: "field" }, h("span", {}, label), control, hint ? h("small", {}, hint) : null);
}

/** A short message at the edge of the page or of one phone, gone by itself. */
export function toast(text, where = document.getElementById("toasts")) {
  const shown = h("div", { class: "toast", dir: "auto" }, text);
  where.append(shown);
  setTimeout(() => shown.remove(), Math.min(9000, 3000 + text.length * 50));
}
