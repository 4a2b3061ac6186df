// The people who take turns at this phone, and how many messages wait for each.

import { avatar, byId, icon, make } from "./dom.js";
import { person, store, unreadInAll, word } from "./store.js";

export function drawPeople(onChoose) {
  byId("people").replaceChildren(...store.people.map((one) => entry(one, onChoose)));
  byId("people").setAttribute("aria-label", word("people"));
  drawSwitch(onChoose);
  const waiting = unreadInAll();
  document.title = `${waiting ? `(${waiting}) ` : ""}${word("title")}`;
}

function entry(one, onChoose) {
  const count = store.unread.get(one.id) ?? 0;
  return make(
    "button",
    { type: "button", className: "person", "aria-current": String(one.id === store.current), "data-person": one.id, onclick: () => onChoose(one.id) },
    avatar(one),
    make("span", { className: "name" }, one.name, make("small", {}, one.title)),
    count ? badge(count) : make("span"),
    make("span", { className: "note" }, one.note),
  );
}

const badge = (count) => make("span", { className: "badge", ariaLabel: word("unread", { count }) }, String(count));

function drawSwitch(onChoose) {
  const now = person();
  const button = byId("switch");
  if (!now) return;
  const waiting = unreadInAll();
  button.replaceChildren(avatar(now, true), make("span", {}, now.name), icon("down"), waiting ? badge(waiting) : "");
  button.setAttribute("aria-label", word("switch", { name: now.name }));
  button.onclick = () => openSheet(onChoose);
}

function openSheet(onChoose) {
  const sheet = byId("sheet");
  const choose = (id) => (sheet.close(), onChoose(id));
  sheet.replaceChildren(make("h2", {}, word("people")), ...store.people.map((one) => entry(one, choose)));
  sheet.showModal();
}
