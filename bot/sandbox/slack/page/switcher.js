// Ctrl/Cmd+K: go anywhere, become anybody, by typing a few letters.

import { avatar } from "./avatar.js";
import { cityOf, timeOf } from "./dates.js";
import { el, fill, uid } from "./dom.js";
import { icon } from "./icons.js";

function places(ws, { go, become, extras }) {
  return [
    ...(ws.dm ? [
      { label: ws.bot.real_name ?? "Slotwise", detail: "Messages", words: "slotwise dm app messages", glyph: avatar(ws.bot, 22), run: () => go({ channel: ws.dm.id, tab: null, thread: null }) },
      { label: `${ws.bot.real_name ?? "Slotwise"}: Home`, detail: "App Home", words: "home", glyph: icon("home"), run: () => go({ channel: ws.dm.id, tab: "home", thread: null }) },
    ] : []),
    ...[...ws.channels.values()].map((channel) => ({ label: channel.name, detail: channel.topic, words: `# ${channel.name}`, glyph: icon("hash"), run: () => go({ channel: channel.id, tab: null, thread: null }) })),
    ...ws.people.filter((user) => user.id !== ws.viewer.id).map((user) => ({
      label: `Become ${user.real_name}`, detail: `${cityOf(user.tz)} · ${timeOf(ws.now(), user.tz)}`, words: `@${user.name} switch person`, glyph: avatar(user, 22), run: () => become(user.name),
    })),
    ...extras,
  ];
}

/** Open the switcher. `to`: `{go(route), become(name), extras: [{label, detail, words, glyph, run}]}`. */
export function openSwitcher(ws, to) {
  if (document.querySelector("dialog.switcher")) return;
  const all = places(ws, to);
  const listId = uid("places");
  let shown = all;
  let active = 0;
  const field = el("input", { type: "text", class: "switcher-field", placeholder: "Where to, or who to be?", "aria-label": "Jump to", role: "combobox", "aria-controls": listId, "aria-expanded": "true", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const list = el("div", { id: listId, class: "switcher-list", role: "listbox", "aria-label": "Places" });
  const dialog = el("dialog", { class: "switcher", "aria-label": "Jump to" }, el("div", { class: "switcher-head" }, icon("search"), field), list);
  const before = document.activeElement;
  const take = (place) => {
    dialog.close("taken");
    place.run();
  };
  const show = () => {
    fill(list, shown.length ? shown.map((place, index) => el("div", { id: uid("place"), role: "option", class: `option${index === active ? " active" : ""}`, "aria-selected": String(index === active),
      onclick: () => take(place), onpointermove: () => {
        if (active !== index) {
          active = index;
          show();
        }
      } }, el("span", { class: "glyph" }, place.glyph.cloneNode(true)), el("span", { class: "option-text" }, el("span", { dir: "auto" }, place.label)), el("span", { class: "option-description" }, place.detail))) : el("div", { class: "options-empty" }, "Nothing matches"));
    const row = list.children[active];
    if (row?.id) field.setAttribute("aria-activedescendant", row.id);
    row?.scrollIntoView({ block: "nearest" });
  };
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = all.filter((place) => words.every((word) => `${place.label} ${place.words ?? ""} ${place.detail ?? ""}`.toLowerCase().split(/[\s:·]+/).some((one) => one.startsWith(word))));
    active = 0;
    show();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active = (active + step + shown.length) % Math.max(1, shown.length);
    else if (event.key === "Enter" && shown[active] && !event.isComposing) {
      event.preventDefault();
      take(shown[active]);
      return;
    } else return;
    event.preventDefault();
    show();
  });
  dialog.addEventListener("pointerdown", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "taken") before?.focus?.({ preventScroll: true });
  });
  document.body.append(dialog);
  show();
  dialog.showModal();
  field.focus();
}
