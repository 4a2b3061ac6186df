// Makes elements and icons.

export function make(tag, facts = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const STROKES = {
  attach: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.3-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  close: "M6 6l12 12M18 6 6 18",
  commands: "M4 7h16M4 12h16M4 17h10",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-5 8-5s7 1 8 5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M5 9l7 7 7-7",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  location: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  photo: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 9h.01",
  reply: "M10 6 4 12l6 6M4 12h9c4 0 7 2 7 6",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  sticker: "M20 13A8 8 0 1 1 11 4c0 5 4 9 9 9ZM11 4l9 9M8.5 11h.01M9 15c1.5 1 3.5 1 5 0",
  ticks: "M2 13l4 4 8-10M11 16l1 1 8-10",
  voice: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15ZM5 11a7 7 0 0 0 14 0M12 18v3",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const facts = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(facts)) svg.setAttribute(key, value);
  const drawn = { d: STROKES[name], "stroke-width": name === "more" ? 3 : 2, "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [key, value] of Object.entries(drawn)) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

export function avatar(person, small = false) {
  const shade = Math.abs(person.id) % 7;
  return make("div", { className: `avatar shade-${shade}${small ? " small" : ""}` }, person.name.slice(0, 1));
}
