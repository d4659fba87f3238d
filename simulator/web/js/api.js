/** The server of the simulated messenger: questions, deeds, and the stream of what happens. */

export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (method !== "GET") {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body ?? {});
  }
  const answer = await fetch(path, options);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, said.error ?? answer.statusText);
  return said;
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);

/** Does something in a chat: `act(5100, "say", {text: "…"})`. Throws Problem. */
export const act = (chat, deed, body) => post(`/api/chats/${chat}/${deed}`, body);

/** Calls `listener` with every event after `last`; `lost(true)` while the line is broken. */
export function listen(last, listener, lost) {
  const source = new EventSource(`/api/events?after=${encodeURIComponent(last)}`);
  source.onmessage = (message) => listener(JSON.parse(message.data));
  source.onopen = () => lost(false);
  source.onerror = () => lost(true);
  return source;
}
