// Draws one message: quote, content, time, inline buttons.

import { icon, make } from "./dom.js";
import { clock, fileSize, formatted } from "./format.js";
import { author, isOwn, summary, word } from "./store.js";
import { fileAddress } from "./wire.js";

export function bubble(message, { onCommand, onPress, onMenu, onQuote, onPhoto }) {
  const own = isOwn(message);
  const keys = message.reply_markup?.inline_keyboard;
  const looks = ["row", own ? "out" : "in", keys && "keyed", message.sticker && "bare"].filter(Boolean).join(" ");
  const row = make("article", { className: looks, id: `message-${message.message_id}` });
  row.dataset.id = message.message_id;
  row.append(
    make(
      "div",
      { className: "bubble", tabIndex: 0, oncontextmenu: (event) => menu(event, message, onMenu), onclick: (event) => tapped(event, message, onMenu), onkeydown: (event) => keyed(event, message, onMenu) },
      message.reply_to_message && quote(message.reply_to_message, onQuote),
      ...content(message, onPhoto),
      text(message, onCommand),
      meta(message, own),
      make("button", { type: "button", className: "more", ariaLabel: word("more"), tabIndex: -1, onclick: (event) => menu(event, message, onMenu) }, icon("more")),
    ),
  );
  if (keys) row.append(keyboard(message, keys, onPress));
  return row;
}

function menu(event, message, onMenu) {
  event.preventDefault();
  onMenu(message);
}

function tapped(event, message, onMenu) {
  if (event.pointerType === "touch" && !event.target.closest("a, button, .spoiler")) menu(event, message, onMenu);
}

function keyed(event, message, onMenu) {
  if (event.key === "Enter" && event.target === event.currentTarget) menu(event, message, onMenu);
}

function quote(message, onQuote) {
  return make(
    "button",
    { type: "button", className: "quote", onclick: () => onQuote(message.message_id) },
    make("b", {}, author(message)),
    make("span", {}, summary(message)),
  );
}

function text(message, onCommand) {
  const body = message.text ?? message.caption;
  if (!body) return null;
  return make("span", { className: "text" }, formatted(body, message.entities ?? message.caption_entities, onCommand));
}

function meta(message, own) {
  return make(
    "span",
    { className: message.text || message.caption ? "meta" : "meta alone" },
    message.edit_date && !message.reply_markup ? make("i", {}, word("edited")) : null,
    make("time", {}, clock(message.date)),
    own ? icon("ticks") : null,
  );
}

function content(message, onPhoto) {
  if (message.photo) return [photo(message.photo.at(-1), onPhoto)];
  if (message.document) return [file(message.document)];
  if (message.voice) return [voice(message.voice)];
  if (message.location) return [place(message.location)];
  if (message.contact) return [card(message.contact)];
  if (message.sticker) return [make("div", { className: "sticker" }, message.sticker.emoji)];
  return [];
}

function photo(size, onPhoto) {
  const address = fileAddress(size.file_id);
  const image = make("img", { src: address, alt: word("kind_photo"), loading: "lazy" });
  if (size.width > 1) image.style.aspectRatio = `${size.width} / ${size.height}`;
  return make("button", { type: "button", className: "photo", onclick: () => onPhoto(size.file_id) }, image);
}

function file(document) {
  return make(
    "a",
    { className: "file", href: fileAddress(document.file_id, true), download: document.file_name },
    make("span", { className: "disc" }, icon("file")),
    make("span", {}, make("b", {}, document.file_name), make("small", {}, `${fileSize(document.file_size)} · ${word("download")}`)),
  );
}

function voice(sound) {
  const seconds = `0:${String(sound.duration).padStart(2, "0")}`;
  return make(
    "div",
    { className: "file" },
    make("span", { className: "disc" }, icon("voice")),
    make("span", {}, make("span", { className: "wave" }, Array.from({ length: 24 }, () => make("i"))), make("small", {}, seconds)),
  );
}

function place(location) {
  return make("div", {}, make("div", { className: "place" }, icon("location")), make("small", {}, `${location.latitude}, ${location.longitude}`));
}

function card(contact) {
  return make(
    "div",
    { className: "file" },
    make("span", { className: "disc" }, icon("contact")),
    make("span", {}, make("b", {}, contact.first_name), make("small", {}, contact.phone_number)),
  );
}

function keyboard(message, rows, onPress) {
  return make("div", { className: "keys" }, rows.map((row) => make("div", {}, row.map((button) => key(message, button, onPress)))));
}

function key(message, button, onPress) {
  if (button.url) return make("a", { className: "key", href: button.url, target: "_blank", rel: "noreferrer" }, button.text);
  return make("button", { type: "button", className: "key", onclick: (event) => onPress(message, button, event.currentTarget) }, button.text);
}
