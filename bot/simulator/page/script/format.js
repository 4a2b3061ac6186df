// Turns a message's text and marks into elements, and moments into words.

import { make } from "./dom.js";
import { store, word } from "./store.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };

export function formatted(text, entities, onCommand) {
  const marks = [...(entities ?? []), ...addresses(text, entities ?? [])];
  marks.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return pieces(text, 0, text.length, marks, onCommand);
}

function addresses(text, entities) {
  const free = (start, end) => entities.every((mark) => mark.offset >= end || mark.offset + mark.length <= start);
  return [...text.matchAll(/https?:\/\/[^\s<>\u3000-\u303f\uff00-\uffef]+/g)]
    .filter((found) => free(found.index, found.index + found[0].length))
    .map((found) => ({ type: "url", offset: found.index, length: found[0].length }));
}

function pieces(text, start, end, marks, onCommand) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index];
    if (mark.offset < at || mark.offset >= end) continue;
    const close = Math.min(mark.offset + mark.length, end);
    if (mark.offset > at) nodes.push(text.slice(at, mark.offset));
    const inner = pieces(text, mark.offset, close, marks.slice(index + 1), onCommand);
    nodes.push(marked(mark, text.slice(mark.offset, close), inner, onCommand));
    at = close;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function marked(mark, text, inner, onCommand) {
  if (mark.type === "bot_command") {
    return make("button", { type: "button", className: "command", onclick: () => onCommand(text) }, text);
  }
  if (mark.type === "url" || mark.type === "text_link") {
    const address = mark.url ?? text;
    const safe = /^(https?|tg|mailto|tel):/.test(address) ? address : "#";
    return make("a", { href: safe, target: "_blank", rel: "noreferrer" }, inner);
  }
  if (mark.type === "spoiler") return make("span", { className: "spoiler", tabIndex: 0 }, inner);
  return make(TAGS[mark.type] ?? "span", {}, inner);
}

const shown = (seconds, options) =>
  new Intl.DateTimeFormat("zh-CN", { timeZone: store.timezone, ...options }).format(new Date(seconds * 1000));

export const clock = (seconds) => shown(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayKey = (seconds) => shown(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });

export function dayName(seconds) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return word("today");
  if (dayKey(seconds) === dayKey(now - 86400)) return word("yesterday");
  const sameYear = shown(seconds, { year: "numeric" }) === shown(now, { year: "numeric" });
  return shown(seconds, { ...(sameYear ? {} : { year: "numeric" }), month: "long", day: "numeric" });
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
