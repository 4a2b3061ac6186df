// Starts the page: loads its setting, switches people, applies what happens.

import { build, refresh, say, setFocus } from "./composer.js";
import { byId } from "./dom.js";
import { drawPeople } from "./people.js";
import { chatOf, isOwn, person, store, word } from "./store.js";
import { add, ask, draw, hush, pointTo, redraw, remove, setHooks, showBusy, showPhoto, toast } from "./thread.js";
import { act, fileAddress, listen, read } from "./wire.js";

const REMEMBERED = "person";
const PATIENCE = 10000; // milliseconds a pressed button waits for its answer

async function load(id) {
  const chat = chatOf(id);
  const before = { messages: new Map(chat.messages), keyboard: chat.keyboard };
  const { messages, keyboard } = await read(`/control/chats/${id}`);
  const seen = new Map(messages.map((message) => [message.message_id, message]));
  // what happened while the answer was under way is newer than the answer
  for (const [key, message] of chat.messages) if (before.messages.get(key) !== message) seen.set(key, message);
  for (const key of before.messages.keys()) if (!chat.messages.has(key)) seen.delete(key);
  chat.messages = seen;
  if (chat.keyboard === before.keyboard) chat.keyboard = keyboard;
}

async function choose(id) {
  if (!person(id)) return;
  store.current = id;
  store.unread.delete(id);
  localStorage.setItem(REMEMBERED, id);
  setFocus(null);
  fillQuietly();
  await load(id);
  hush();
  show();
}

function fillQuietly() {
  byId("field").value = "";
  byId("send").disabled = true;
}

function show() {
  draw();
  refresh();
  drawPeople(choose);
}

async function press(message, button, node) {
  node.classList.add("waiting");
  const done = () => node.classList.remove("waiting");
  try {
    const { query } = await act("press", { message_id: message.message_id, button: button.text });
    store.waiting.set(query, done);
    if (store.answered.has(query)) APPLY.answer(store.answered.get(query)); // the bot was faster than this page
    setTimeout(() => settle(query), PATIENCE);
  } catch (error) {
    done();
    toast(word("failed", { why: error.message }));
  }
}

function settle(query) {
  store.waiting.get(query)?.();
  return store.waiting.delete(query);
}

function messageMenu(message) {
  const text = message.text ?? message.caption;
  const actions = [["reply", word("reply"), () => setFocus({ kind: "reply", message })]];
  if (text) actions.push(["copy", word("copy"), () => navigator.clipboard?.writeText(text)]);
  if (isOwn(message) && message.text) actions.push(["edit", word("edit"), () => setFocus({ kind: "edit", message })]);
  ask("", "", actions);
}

const APPLY = {
  message({ chat, message }) {
    chatOf(chat).messages.set(message.message_id, message);
    if (chat === store.current) {
      add(message);
      refresh();
    } else if (message.from.is_bot && person(chat)) {
      store.unread.set(chat, (store.unread.get(chat) ?? 0) + 1);
      drawPeople(choose);
    }
  },
  edited({ chat, message }) {
    chatOf(chat).messages.set(message.message_id, message);
    if (chat === store.current) redraw(message);
  },
  deleted({ chat, message_id: id }) {
    chatOf(chat).messages.delete(id);
    if (chat === store.current) remove(id);
  },
  keyboard({ chat, keyboard }) {
    chatOf(chat).keyboard = keyboard;
    if (chat === store.current) refresh();
  },
  action: ({ chat, action }) => chat === store.current && showBusy(action),
  answer(event) {
    const { query, text, show_alert: alert } = event;
    store.answered.set(query, event);
    if (!settle(query) || !text) return;
    if (alert) ask(word("bot"), text, [["close", word("close"), () => {}]]);
    else toast(text);
  },
  commands({ commands }) {
    store.commands = commands;
    refresh();
  },
  person({ person: one }) {
    store.people = [...store.people.filter((other) => other.id !== one.id), one];
    drawPeople(choose);
  },
};

async function linked(open) {
  byId("lost").hidden = open;
  if (open && store.current) {
    await load(store.current);
    show();
  }
}

async function start() {
  Object.assign(store, await read("/page/setting.json"));
  byId("title").textContent = word("title");
  byId("hint").textContent = word("hint");
  byId("bot-name").textContent = word("bot");
  byId("lost").textContent = word("lost");
  byId("sheet").addEventListener("click", (event) => event.target === event.currentTarget && event.currentTarget.close());
  setHooks({
    onCommand: say,
    onPress: press,
    onMenu: messageMenu,
    onQuote: pointTo,
    onPhoto: (id) => showPhoto(id, fileAddress(id), fileAddress(id, true)),
  });
  build();
  const known = Number(localStorage.getItem(REMEMBERED));
  await choose(person(known) ? known : store.people[0]?.id);
  listen((event) => APPLY[event.event]?.(event), linked);
}

start();
