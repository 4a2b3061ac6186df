// Talks to the server: what people do goes out by POST, what changes comes in by WebSocket.

import { store } from "./store.js";

export async function act(name, body) {
  const response = await fetch(`/control/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user: store.current, ...body }),
  });
  const result = await response.json();
  if (!response.ok) throw new Error(result.error);
  return result;
}

export async function sendFile(kind, file, replyTo) {
  const form = new FormData();
  form.append("user", store.current);
  form.append("kind", kind);
  form.append("file", file, file.name);
  if (replyTo) form.append("reply_to", replyTo);
  const response = await fetch("/control/file", { method: "POST", body: form });
  const result = await response.json();
  if (!response.ok) throw new Error(result.error);
  return result;
}

export const read = async (path) => (await fetch(path)).json();
export const fileAddress = (id, download = false) => `/control/file/${id}${download ? "?download=1" : ""}`;

export function listen(onEvent, onLink) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/control/events`);
  socket.addEventListener("open", () => onLink(true));
  socket.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  socket.addEventListener("close", () => {
    onLink(false);
    setTimeout(() => listen(onEvent, onLink), 1000);
  });
}
