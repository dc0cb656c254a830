// Select menus with a filter: static, grouped, external and people or channels; one choice or many.

import { announce, el, fill, uid } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { popover } from "./popover.js";

/** `{value, label, description, group, option}` of Slack's options and option groups. */
export function flatten({ options = [], option_groups: groups = [] } = {}) {
  const entry = (option, group) => ({ value: option.value, label: plain(option.text), description: plain(option.description), group, option });
  return [...(options ?? []).map((option) => entry(option, null)), ...(groups ?? []).flatMap((group) => (group.options ?? []).map((option) => entry(option, plain(group.label))))];
}

/**
 * The list with a filter that a select's trigger opens.
 * `load(query)` -> entries or a promise of them; `chosen` a Set of values; `pick(entry)` is told each choice.
 */
export function openList(anchor, { load, chosen, pick, multi = false, max = Infinity, label, filter = true, minimum = 0, empty = "Nothing matches", onclose, free }) {
  const listId = uid("list");
  const list = el("div", { id: listId, role: "listbox", class: "options", "aria-label": label, "aria-multiselectable": multi ? "true" : null });
  const field = el("input", {
    type: "text", class: "filter", role: "combobox", "aria-controls": listId, "aria-expanded": "true", "aria-autocomplete": "list",
    "aria-label": `Filter: ${label}`, placeholder: "Type to filter", autocomplete: "off", spellcheck: "false", dir: "auto",
  });
  let entries = [];
  let active = -1;
  let turn = 0;

  const rows = () => [...list.querySelectorAll("[role=option]")];
  const point = (index) => {
    const all = rows();
    active = all.length ? (index + all.length) % all.length : -1;
    all.forEach((row, at) => row.classList.toggle("active", at === active));
    if (active >= 0) {
      field.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const take = (entry) => {
    if (multi && !chosen.has(entry.value) && chosen.size >= max) {
      announce(`No more than ${max} can be chosen`);
      return;
    }
    pick(entry);
    if (!multi) handle.close(true);
    else show(active);
  };
  const show = (keep = 0) => {
    let group = null;
    fill(list, entries.length ? entries.map((entry) => {
      const head = entry.group && entry.group !== group ? el("div", { class: "options-group", role: "presentation" }, entry.group) : null;
      group = entry.group;
      const selected = chosen.has(entry.value);
      return [head, el("div", {
        id: uid("option"), role: "option", class: "option", "aria-selected": String(selected), dir: "auto",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => take(entry),
        onpointermove: (event) => point(rows().indexOf(event.currentTarget)),
      }, entry.avatar ?? null, el("span", { class: "option-text" }, el("span", {}, entry.label), entry.description ? el("span", { class: "option-description" }, entry.description) : null),
      selected ? icon("check", 16) : null)];
    }) : el("div", { class: "options-empty" }, field.value.length < minimum ? `Type ${minimum} characters or more` : empty));
    point(Math.max(0, keep));
    handle?.reposition();
  };
  const search = async () => {
    const mine = (turn += 1);
    const query = field.value.trim();
    if (query.length < minimum) entries = [];
    else {
      const found = load(query);
      if (found instanceof Promise && !entries.length) fill(list, el("div", { class: "options-empty" }, "Looking…"));
      const got = await Promise.resolve(found).catch(() => []);
      if (mine !== turn) return;
      entries = free && query ? [...free(query), ...got] : got;
    }
    const current = entries.findIndex((entry) => chosen.has(entry.value));
    show(query || multi ? 0 : Math.max(0, current));
  };
  const handle = popover(anchor, [filter ? el("div", { class: "filter-row" }, icon("search", 16), field) : null, list], { label, className: "select-popover", fit: true, onclose });
  const keys = (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active < 0 ? rows().length - 1 : active - 1);
    else if (event.key === "Home" && !field.value) point(0);
    else if (event.key === "End" && !field.value) point(rows().length - 1);
    else if (event.key === "Enter" || (event.key === " " && !filter)) {
      event.preventDefault();
      event.stopPropagation();
      settled().then(() => entries[active] && take(entries[active]));
      return;
    } else if (event.key === "Tab") {
      handle.close(true);
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  let timer = null;
  // Enter right after typing means what was typed, not what the list showed before.
  const settled = async () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    await search();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settled, 90);
  });
  handle.panel.addEventListener("keydown", keys);
  (filter ? field : handle.panel).focus();
  search();
  return handle;
}

/** Local entries narrowed by a query: every word must occur. */
export function narrow(entries, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => words.every((word) => `${entry.label} ${entry.description ?? ""}`.toLowerCase().includes(word)));
}

/**
 * A select control. `chosen` entries at first; `change(entries)` when the choice is made (for many: when the list closes).
 * Returns `{node, entries()}`.
 */
export function select({ id, label, placeholder, chosen = [], load, multi = false, max, minimum, change, describedby, clearable = false, filter = true, free, glyph = null }) {
  let picked = [...chosen];
  const trigger = el("button", {
    id, type: "button", class: `select${multi ? " select-multi" : ""}`, role: "combobox", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-describedby": describedby,
  });
  const node = el("div", { class: "select-wrap" }, trigger);
  const show = () => {
    const text = picked.map((entry) => entry.label).join(", ");
    trigger.setAttribute("aria-label", `${label}: ${text || placeholder}`);
    fill(trigger, glyph, multi && picked.length ? el("span", { class: "chips" }, picked.map((entry) => el("span", { class: "chip", dir: "auto" }, entry.label)))
      : el("span", { class: text ? "select-value" : "select-value placeholder", dir: "auto" }, text || placeholder), icon("down", 16));
    node.querySelector(".clear")?.remove();
    if ((clearable || multi) && picked.length) {
      node.append(el("button", { type: "button", class: "clear icon-button", "aria-label": `Clear ${label}`, onclick: () => settle([], true) }, icon("close", 14)));
    }
  };
  const settle = (next, tell) => {
    picked = next;
    show();
    if (tell) change?.(picked);
  };
  trigger.addEventListener("click", () => {
    const before = JSON.stringify(picked.map((entry) => entry.value));
    const set = new Set(picked.map((entry) => entry.value));
    openList(trigger, {
      load, chosen: set, multi, max, minimum, label, filter, free,
      pick(entry) {
        if (!multi) settle([entry], true);
        else if (set.delete(entry.value)) settle(picked.filter((one) => one.value !== entry.value), false);
        else {
          set.add(entry.value);
          settle([...picked, entry], false);
        }
      },
      onclose() {
        if (multi && JSON.stringify(picked.map((entry) => entry.value)) !== before) change?.(picked);
      },
    });
  });
  trigger.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      trigger.click();
    }
  });
  show();
  return { node, entries: () => picked };
}
