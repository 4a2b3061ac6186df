// Where people write: the field, what stands above it, the menus beside it, the reply keyboard under it.

import { byId, icon, make } from "./dom.js";
import { author, chatOf, isOwn, person, store, summary, word } from "./store.js";
import { toast } from "./thread.js";
import { act, sendFile } from "./wire.js";

const HERE = { latitude: 28.7697, longitude: 104.6257 }; // Yibin, the demo's city
let keyboardOpen = true;

export function build() {
  const field = make("textarea", { id: "field", rows: 1, placeholder: word("write"), ariaLabel: word("write"), oninput: changed, onkeydown: keyed });
  byId("composer").replaceChildren(
    make("div", { id: "suggestions", ariaLabel: word("suggestions"), role: "group" }),
    make("div", { id: "focus", hidden: true }),
    make("div", { id: "popup", className: "popup", hidden: true }),
    make(
      "form",
      { id: "write", onsubmit: (event) => (event.preventDefault(), send()) },
      make("button", { id: "menu", type: "button", ariaExpanded: "false", onclick: () => toggle("menu", showCommands) }, icon("commands"), word("menu")),
      make("button", { id: "attach", type: "button", className: "tool", ariaLabel: word("attach"), ariaExpanded: "false", onclick: () => toggle("attach", showAttachments) }, icon("attach")),
      field,
      make("button", { id: "keys", type: "button", className: "tool", ariaLabel: word("keyboard"), hidden: true, onclick: flipKeyboard }, icon("keyboard")),
      make("button", { id: "send", type: "submit", className: "tool", ariaLabel: word("send"), disabled: true }, icon("send")),
    ),
    make("div", { id: "keyboard", hidden: true }),
    make("button", { id: "begin", type: "button", hidden: true, onclick: () => say("/start") }, word("begin")),
  );
  document.addEventListener("click", (event) => event.target.closest("#popup, #menu, #attach") || hidePopup());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hidePopup());
}

export function refresh() {
  const { messages, keyboard } = chatOf(store.current);
  const hints = person()?.suggestions ?? [];
  const begun = messages.size > 0;
  byId("suggestions").hidden = !hints.length;
  byId("suggestions").replaceChildren(...hints.map((hint) => make("button", { type: "button", title: hint, onclick: () => fill(hint) }, hint)));
  byId("menu").hidden = !store.commands.length;
  byId("begin").hidden = begun;
  byId("write").hidden = !begun;
  byId("keys").hidden = !keyboard;
  byId("keyboard").hidden = !keyboard || !keyboardOpen;
  const press = (button) => reportFaults(act("press", { button: button.text }));
  byId("keyboard").replaceChildren(
    ...(keyboard?.keyboard ?? []).map((row) => make("div", {}, row.map((button) => make("button", { type: "button", onclick: () => press(button) }, button.text)))),
  );
}

export function setFocus(focus) {
  store.focus = focus;
  const bar = byId("focus");
  bar.hidden = !focus;
  if (!focus) return;
  const reply = focus.kind === "reply";
  const heading = reply ? word("replying", { name: author(focus.message) }) : word("editing");
  bar.replaceChildren(
    icon(focus.kind),
    make("div", {}, make("b", {}, heading), make("span", {}, summary(focus.message))),
    make("button", { type: "button", className: "tool", ariaLabel: word("cancel"), onclick: leaveFocus }, icon("close")),
  );
  if (!reply) fill(focus.message.text);
  byId("field").focus();
}

function leaveFocus() {
  if (store.focus?.kind === "edit") fill("");
  setFocus(null);
}

export function fill(text) {
  const field = byId("field");
  if (byId("write").hidden) return void say(text);
  field.value = text;
  field.focus();
  changed();
}

function changed() {
  const field = byId("field");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  byId("send").disabled = !field.value.trim();
  if (/^\/\w*$/.test(field.value) && store.commands.length) showCommands(field.value.slice(1));
  else if (byId("popup").dataset.of === "typed") hidePopup();
}

function keyed(event) {
  if (event.isComposing) return; // Enter chooses a candidate of the Chinese input method
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") {
    hidePopup();
    leaveFocus();
  } else if (event.key === "ArrowUp" && !event.target.value) {
    const own = [...chatOf(store.current).messages.values()].filter((message) => isOwn(message) && message.text).at(-1);
    if (own) setFocus({ kind: "edit", message: own });
  }
}

function send() {
  const text = byId("field").value.trim();
  if (!text) return;
  const focus = store.focus;
  fill("");
  setFocus(null);
  hidePopup();
  if (focus?.kind === "edit") reportFaults(act("edit", { message_id: focus.message.message_id, text }));
  else say(text, focus?.message.message_id);
}

export const say = (text, replyTo) => reportFaults(act("say", replyTo ? { text, reply_to: replyTo } : { text }));

async function reportFaults(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(word("failed", { why: error.message }));
    return null;
  }
}

function flipKeyboard() {
  keyboardOpen = !keyboardOpen;
  refresh();
}

function toggle(id, show) {
  if (!byId("popup").hidden && byId("popup").dataset.of === id) return hidePopup();
  show();
  byId("popup").dataset.of = id;
  byId(id).setAttribute("aria-expanded", "true");
}

function hidePopup() {
  byId("popup").hidden = true;
  byId("menu").setAttribute("aria-expanded", "false");
  byId("attach").setAttribute("aria-expanded", "false");
}

function showCommands(prefix = "") {
  const fitting = store.commands.filter((one) => one.command.startsWith(prefix));
  const entries = fitting.map((one) => entry(make("code", {}, `/${one.command}`), make("span", {}, one.description), () => say(`/${one.command}`) && fill("")));
  showPopup(entries, "typed", false);
}

function showAttachments() {
  const rest = { location: HERE, voice: {}, sticker: {} };
  const entries = [
    entry(icon("photo"), word("kind_photo"), () => choose("photo", "image/*")),
    entry(icon("file"), word("kind_document"), () => choose("document", "")),
    ...Object.entries(rest).map(([kind, body]) => entry(icon(kind), word(`kind_${kind}`), () => reportFaults(act(kind, body)))),
  ];
  showPopup(entries, "attach", true);
}

function entry(first, second, run) {
  return make("button", { type: "button", onclick: () => (hidePopup(), run()) }, first, second);
}

function showPopup(entries, of, narrow) {
  const popup = byId("popup");
  popup.className = narrow ? "popup narrow" : "popup";
  popup.dataset.of = of;
  popup.replaceChildren(...entries);
  popup.hidden = !entries.length;
}

function choose(kind, accept) {
  const replyTo = store.focus?.kind === "reply" ? store.focus.message.message_id : null;
  const input = make("input", { type: "file", accept, onchange: () => input.files[0] && upload(kind, input.files[0], replyTo) });
  input.click();
}

async function upload(kind, file, replyTo) {
  setFocus(null);
  await reportFaults(sendFile(kind, file, replyTo));
}
