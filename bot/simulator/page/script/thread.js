// Draws the chat of the person who holds the phone and keeps it at its end.

import { bubble } from "./bubble.js";
import { byId, icon, make } from "./dom.js";
import { dayKey, dayName } from "./format.js";
import { chatOf, store, word } from "./store.js";

const GROUPED = 300; // seconds within which messages of one author stand close together
let hooks = {};
let busyUntil = 0;

export function setHooks(given) {
  hooks = given;
}

export function draw() {
  const thread = byId("thread");
  const messages = [...chatOf(store.current).messages.values()];
  thread.replaceChildren();
  let earlier = null;
  for (const message of messages) {
    append(thread, message, earlier);
    earlier = message;
  }
  if (!messages.length) thread.append(make("div", { className: "empty" }, make("p", {}, word("empty"))));
  toEnd();
}

function append(thread, message, earlier) {
  if (!earlier || dayKey(earlier.date) !== dayKey(message.date)) {
    thread.append(make("div", { className: "day" }, make("span", {}, dayName(message.date))));
  }
  const row = bubble(message, hooks);
  const close = earlier && earlier.from.id === message.from.id && message.date - earlier.date < GROUPED;
  if (close) row.classList.add("same");
  thread.append(row);
  return row;
}

export function add(message) {
  const thread = byId("thread");
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 160;
  thread.querySelector(".empty")?.remove();
  const messages = [...chatOf(store.current).messages.values()];
  const row = append(thread, message, messages.at(-2));
  row.classList.add("fresh");
  if (message.from.is_bot) hush();
  if (atEnd || !message.from.is_bot) toEnd();
}

export function redraw(message) {
  const old = byId(`message-${message.message_id}`);
  if (!old) return;
  const row = bubble(message, hooks);
  if (old.classList.contains("same")) row.classList.add("same");
  old.replaceWith(row);
}

export const remove = (id) => byId(`message-${id}`)?.remove();

export function toEnd() {
  const thread = byId("thread");
  requestAnimationFrame(() => thread.scrollTo({ top: thread.scrollHeight }));
}

export function pointTo(id) {
  const row = byId(`message-${id}`);
  row?.scrollIntoView({ block: "center", behavior: "smooth" });
  row?.classList.add("struck");
  setTimeout(() => row?.classList.remove("struck"), 1000);
}

export function showBusy(action) {
  busyUntil = Date.now() + 5000; // as long as Telegram shows it
  const status = byId("status");
  status.textContent = word(action === "typing" ? "typing" : "sending");
  status.classList.add("busy");
  if (!byId("busy")) {
    const dots = make("div", { className: "bubble" }, make("div", { className: "dots" }, make("i"), make("i"), make("i")));
    byId("thread").append(make("div", { className: "row in", id: "busy" }, dots));
    toEnd();
  }
  setTimeout(() => Date.now() >= busyUntil && hush(), 5050);
}

export function hush() {
  byId("busy")?.remove();
  byId("status").textContent = word("online");
  byId("status").classList.remove("busy");
}

export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => (box.hidden = true), 3200);
}

export function showPhoto(id, address, saved) {
  const viewer = byId("viewer");
  viewer.replaceChildren(
    make("img", { src: address, alt: word("kind_photo"), onclick: () => viewer.close() }),
    make("a", { href: saved, download: "" }, word("download")),
  );
  viewer.showModal();
}

export function ask(title, text, actions) {
  const sheet = byId("sheet");
  sheet.replaceChildren(
    title && make("h2", {}, title),
    text && make("p", {}, text),
    ...actions.map(([name, label, run]) =>
      make("button", { type: "button", className: "act", onclick: () => (sheet.close(), run()) }, icon(name), label),
    ),
  );
  sheet.showModal();
}
