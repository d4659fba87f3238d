/** What can be done with one message: reply, change, delete, react, forward, copy. */

import { chooseForward } from "./dialogs.js";
import { act } from "./api.js";
import { openMenu } from "./popup.js";
import { emit } from "./store.js";
import { t } from "./texts.js";

const EMOJI = ["👍", "❤️", "👎", "🙏", "😢"];

export function messageMenu(phone, message, anchor) {
  const me = phone.me();
  const mine = phone.isGroup ? message.from.id === me : message.own;
  const as = phone.isGroup ? { as: me } : {};
  const given = (message.reactions ?? []).find((one) => one.ids.includes(me))?.emoji;
  const reactions = EMOJI.map((emoji) => ({
    label: emoji,
    name: t(given === emoji ? "unreact" : "react", { emoji }),
    act: () => phone.say("react", { message_id: message.id, emoji: given === emoji ? null : emoji, ...as }),
  }));
  const items = [{ group: reactions }, { label: t("reply"), act: () => phone.composer.regard({ kind: "reply", message }) }];
  if (mine && message.text) items.push({ label: t("edit"), act: () => phone.composer.regard({ kind: "edit", message }) });
  if (message.text) items.push({ label: t("copyText"), act: () => phone.copy(message.text) });
  if (!message.protected) items.push({ label: t("forward"), act: () => forward(phone, message) });
  if (!phone.isGroup || mine) items.push({ label: t("remove"), act: () => phone.say("delete", { message_id: message.id, ...as }) });
  openMenu(anchor, anchor.getAttribute("aria-label"), items);
}

async function forward(phone, message) {
  const target = await chooseForward(phone.chatId);
  if (!target) return;
  try {
    await act(target, "forward", { from_chat: phone.chatId, message_id: message.id });
  } catch (problem) {
    emit("problem", problem);
  }
}
