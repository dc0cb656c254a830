// Completion while typing: @people, /commands, :emoji: and #channels.

import { avatar } from "./avatar.js";
import { cityOf } from "./dates.js";
import { el } from "./dom.js";
import { findEmoji } from "./emoji.js";
import { icon } from "./icons.js";

const starts = (text, query) => text.toLowerCase().split(/\s+/).some((word) => word.startsWith(query));

function people(query, ws) {
  const all = [ws.bot, ...ws.people];
  return all.filter((user) => user.name.startsWith(query) || starts(user.real_name ?? "", query)).map((user) => ({
    insert: `@${user.name} `, label: user.real_name ?? user.name, detail: user.bot ? "App" : `@${user.name} · ${cityOf(user.tz)}`, glyph: avatar(user, 24),
  }));
}

const TRIGGERS = [
  [/(?:^|[\s(])@([\w.-]*)$/, people],
  [/(?:^|[\s(])#([\w-]*)$/, (query, ws) => [...ws.channels.values()].filter((one) => one.name.startsWith(query)).map((one) => ({ insert: `#${one.name} `, label: one.name, detail: one.topic, glyph: icon("hash", 18) }))],
  [/(?:^|\s):([a-z0-9_+-]{2,})$/, (query) => findEmoji(query, 7).map(([name, character]) => ({ insert: `:${name}: `, label: `:${name}:`, detail: "", glyph: el("span", { class: "emoji" }, character) }))],
];

/** What can stand at the caret: `{from, items: [{insert, label, detail, glyph}]}` or null. `threaded`: no commands there. */
export function completions(text, caret, ws, { threaded = false } = {}) {
  const before = text.slice(0, caret);
  const command = /^\/([\w-]*)$/.exec(before);
  if (command && !threaded) {
    const items = ws.commands.filter((one) => one.command.startsWith(`/${command[1].toLowerCase()}`))
      .map((one) => ({ insert: `${one.command} `, label: one.command, detail: one.description, hint: one.usage_hint, glyph: icon("slash", 18) }));
    return items.length ? { from: 0, items } : null;
  }
  for (const [pattern, find] of TRIGGERS) {
    const found = pattern.exec(before);
    if (found) {
      const items = find(found[1].toLowerCase(), ws).slice(0, 7);
      return items.length ? { from: caret - found[1].length - 1, items } : null;
    }
  }
  return null;
}
