// What the page knows: people, their chats, who holds the phone now.

export const store = {
  bot: {},
  words: {},
  people: [],
  commands: [],
  timezone: "Asia/Shanghai",
  current: 0, // whose phone this is
  chats: new Map(), // person -> { messages: Map, keyboard }
  unread: new Map(),
  waiting: new Map(), // callback query -> what to do when it is answered
  answered: new Map(), // callback query -> its answer
  focus: null, // { kind: "reply" | "edit", message }
};

export function word(key, values = {}) {
  const text = store.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function chatOf(id) {
  if (!store.chats.has(id)) store.chats.set(id, { messages: new Map(), keyboard: null });
  return store.chats.get(id);
}

export const person = (id = store.current) => store.people.find((one) => one.id === id);
export const author = (message) => (message.from.is_bot ? word("bot") : isOwn(message) ? word("you") : message.from.first_name);
export const isOwn = (message) => message.from.id === store.current;
export const unreadInAll = () => [...store.unread.values()].reduce((sum, count) => sum + count, 0);

export function summary(message) {
  if (message.text || message.caption) return message.text ?? message.caption;
  const kind = ["photo", "document", "voice", "location", "sticker", "contact"].find((name) => message[name]);
  if (kind === "document") return message.document.file_name;
  return kind ? word(`kind_${kind}`) : "";
}
