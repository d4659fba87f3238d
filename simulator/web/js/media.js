/** Voice notes, pictures, documents and places in a message. */

import { h, icon } from "./dom.js";
import { t } from "./texts.js";
import { duration } from "./times.js";

let playing = null;

/** A voice note with one button and a bar that fills. */
export function audio(file) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = file.url;
  const length = duration(file.duration ?? 0);
  const bar = h("progress", { class: "voice-bar", max: "100", value: 0, "aria-label": t("voiceMessage") });
  const button = h("button", { type: "button", class: "voice-play", "aria-label": t("play", { length }) }, icon("play"));
  const show = (name, label) => {
    button.replaceChildren(icon(name));
    button.setAttribute("aria-label", label);
  };
  button.addEventListener("click", () => {
    if (!sound.paused) sound.pause();
    else {
      playing?.pause();
      playing = sound;
      sound.play().catch(() => show("play", t("play", { length })));
    }
  });
  sound.addEventListener("play", () => show("pause", t("pause")));
  sound.addEventListener("pause", () => show("play", t("play", { length })));
  sound.addEventListener("ended", () => (bar.value = 0));
  sound.addEventListener("timeupdate", () => (bar.value = (100 * sound.currentTime) / (sound.duration || file.duration || 1)));
  return h("div", { class: "voice", dir: "ltr" }, button, bar, h("span", { class: "voice-length" }, length));
}

export function photo(file) {
  const picture = h("img", { src: file.url, alt: t("photoAlt"), loading: "lazy", width: file.width, height: file.height });
  return h("a", { class: "photo", href: file.url, target: "_blank", rel: "noopener" }, picture);
}

export function documentCard(file) {
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} kB`;
  return h(
    "a",
    { class: "card", href: file.url, target: "_blank", rel: "noopener", download: file.name, "aria-label": t("openDocument", { name: file.name }) },
    icon("doc"),
    h("span", {}, h("bdi", {}, file.name), h("small", { dir: "ltr" }, size)),
  );
}

export function locationCard({ latitude, longitude }) {
  const short = { latitude: latitude.toFixed(4), longitude: longitude.toFixed(4) };
  return h("div", { class: "card place" }, icon("pin"), h("span", {}, t("location").replace(" …", ""), h("small", { dir: "ltr" }, `${short.latitude}, ${short.longitude}`)));
}

/** A file as base64, without the leading "data:…,". */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
