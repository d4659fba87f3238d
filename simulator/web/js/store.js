/** What the page knows of the simulated world. Only the server's state and events change it. */

import { get, listen } from "./api.js";
import { setZone } from "./times.js";

export const world = {
  bot: { id: 0, name: "Lotse", username: "" },
  clock: { now: 0, ticking: false, walking: false, to: null, next: null },
  people: new Map(), // id -> person
  chats: new Map(), // id -> summary
  front: [],
  outbox: { waiting: 0, unconfirmed: 0 },
  faults: [],
  down: false,
  tours: [],
  tour: null,
  requests: [],
  updates: [],
};

const KEPT = 400;
const messages = new Map(); // chat id -> Map of message id -> message, oldest first
const older = new Set(); // chats with messages further back
const loading = new Map(); // chat id -> promise of its first page
const listeners = new Map();
const answers = new Map(); // tap -> answer that came before anybody waited
const waiting = new Map(); // tap -> resolve
let clockReadAt = 0;
let source = null;

/** Calls `listener(detail)` for each event of a type; returns what ends it. */
export function on(type, listener) {
  if (!listeners.has(type)) listeners.set(type, new Set());
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

export function emit(type, detail = {}) {
  for (const listener of [...(listeners.get(type) ?? [])]) listener(detail);
}

/** The simulated time in epoch seconds. */
export function now() {
  const { clock } = world;
  return clock.ticking && !clock.walking ? clock.now + (performance.now() - clockReadAt) / 1000 : clock.now;
}

/** Reads everything anew and follows the events from there. */
export async function open() {
  source?.close();
  const [state, log] = await Promise.all([get("/api/state"), get("/api/log?limit=200")]);
  setZone(state.zone);
  messages.clear();
  older.clear();
  Object.assign(world, {
    bot: state.bot,
    front: state.front,
    outbox: state.outbox,
    faults: state.faults,
    down: state.down,
    tours: state.tours,
    tour: state.tour,
    kept: state.kept,
    people: new Map(state.people.map((one) => [one.id, one])),
    chats: new Map(state.chats.map((one) => [one.id, one])),
    requests: log.requests,
    updates: log.updates,
  });
  setClock(state.clock);
  source = listen(state.last_event, happened, (lost) => emit("line", { lost }));
  emit("opened");
}

function setClock(clock) {
  world.clock = clock;
  clockReadAt = performance.now();
}

const TAKES = {
  message: ({ message }) => messages.get(message.chat_id)?.set(message.id, message),
  edited: ({ message }) => {
    if (messages.get(message.chat_id)?.has(message.id)) messages.get(message.chat_id).set(message.id, message);
  },
  deleted: ({ chat_id, message_id }) => messages.get(chat_id)?.delete(message_id),
  chat: ({ chat }) => world.chats.set(chat.id, chat),
  person: ({ person }) => world.people.set(person.id, person),
  clock: ({ clock }) => setClock(clock),
  request: ({ entry }) => keep(world.requests, entry, (one) => one.seq === entry.seq),
  update: ({ update }) => keep(world.updates, update, (one) => one.id === update.id),
  outbox: ({ waiting: unsent, unconfirmed }) => (world.outbox = { waiting: unsent, unconfirmed }),
  faults: ({ faults, down }) => Object.assign(world, { faults, down }),
  tour: ({ tour }) => (world.tour = tour),
  answer: (event) => {
    const resolve = waiting.get(event.tap);
    waiting.delete(event.tap);
    if (resolve) resolve(event);
    else answers.set(event.tap, event);
  },
};

function happened(event) {
  if (event.type === "reset") {
    open().catch((problem) => emit("problem", problem));
    return;
  }
  TAKES[event.type]?.(event);
  emit(event.type, event);
}

function keep(list, entry, same) {
  const at = list.findIndex(same);
  if (at >= 0) list[at] = entry;
  else list.push(entry);
  if (list.length > KEPT) list.shift();
}

/** A chat's messages, oldest first; asked for once, then kept up to date. */
export async function messagesOf(chatId) {
  if (!messages.has(chatId)) {
    if (!loading.has(chatId)) loading.set(chatId, load(chatId).finally(() => loading.delete(chatId)));
    await loading.get(chatId);
  }
  return [...messages.get(chatId).values()];
}

async function load(chatId) {
  const meanwhile = new Map(); // events that overtake the answer
  const ends = ["message", "edited"].map((type) =>
    on(type, ({ message }) => message.chat_id === chatId && meanwhile.set(message.id, message)),
  );
  try {
    const page = await get(`/api/chats/${chatId}`);
    messages.set(chatId, new Map([...page.messages.map((one) => [one.id, one]), ...meanwhile]));
    if (page.more) older.add(chatId);
    world.chats.set(chatId, page.chat);
  } finally {
    for (const end of ends) end();
  }
}

export const hasOlder = (chatId) => older.has(chatId);

/** Fetches the page of messages before the oldest one known. */
export async function fetchOlder(chatId) {
  const known = messages.get(chatId);
  const [first] = known.keys();
  const page = await get(`/api/chats/${chatId}?before=${first}&limit=50`);
  messages.set(chatId, new Map([...page.messages.map((one) => [one.id, one]), ...known]));
  if (!page.more) older.delete(chatId);
}

export const knownMessage = (chatId, id) => messages.get(chatId)?.get(id);

/** The bot's answer to a tap; null if none comes in time. */
export function answerTo(tap, milliseconds = 15000) {
  if (answers.has(tap)) {
    const early = answers.get(tap);
    answers.delete(tap);
    return Promise.resolve(early);
  }
  return new Promise((resolve) => {
    waiting.set(tap, resolve);
    setTimeout(() => {
      waiting.delete(tap);
      resolve(null);
    }, milliseconds);
  });
}

export const personOf = (chatId) => world.people.get(chatId);

/** How a chat is called: the person whose phone it is, or the group. */
export const titleOf = (chatId) => personOf(chatId)?.name ?? world.chats.get(chatId)?.title ?? String(chatId);
