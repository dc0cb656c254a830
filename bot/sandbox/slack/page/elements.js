// Block elements that people operate: each becomes a control `{node, read()}`, `read()` giving Slack's state value.

import { cityOf } from "./dates.js";
import { avatar } from "./avatar.js";
import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { plain, textObject } from "./mrkdwn.js";
import { datepicker, datetimepicker, timepicker } from "./pickers.js";
import { richTextPlain, typedRichText } from "./richtext.js";
import { flatten, narrow, select } from "./select.js";

const KINDS = {
  static_select: ["static", false], external_select: ["external", false], users_select: ["users", false],
  conversations_select: ["conversations", false], channels_select: ["channels", false],
  multi_static_select: ["static", true], multi_external_select: ["external", true], multi_users_select: ["users", true],
  multi_conversations_select: ["conversations", true], multi_channels_select: ["channels", true],
};
const TEXTS = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text" };

/** The element types that `control` knows. */
export const isControl = (type) =>
  type in KINDS || type in TEXTS || ["datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "rich_text_input", "file_input"].includes(type);

/** What a control posts as `value`: text, an option's value, an id, a day, a time, or a list of them. */
export function bare(value) {
  if (!value) return null;
  if ("selected_option" in value) return value.selected_option?.value ?? null;
  if ("selected_options" in value) return (value.selected_options ?? []).map((option) => option.value);
  if ("rich_text_value" in value) return value.rich_text_value ? richTextPlain(value.rich_text_value) : null;
  const [, found] = Object.entries(value).find(([name]) => name.startsWith("selected_") || name === "value") ?? [];
  return found ?? null;
}

const person = (user) => ({ value: user.id, label: user.real_name ?? user.name, description: `@${user.name}${user.tz ? ` · ${cityOf(user.tz)}` : ""}`, avatar: avatar(user, 22), option: user });
const room = (channel) => ({ value: channel.id, label: `#${channel.name}`, description: channel.topic ?? "", option: channel });

function directory(source, ctx, element) {
  const people = [...ctx.users.values()].filter((user) => !element.filter?.exclude_bot_users || !user.bot);
  if (source === "users") return people.map(person);
  const rooms = [...ctx.channels.values()].map(room);
  if (source === "channels") return rooms;
  const include = element.filter?.include;
  return [...(!include || include.some((kind) => kind !== "im") ? rooms : []), ...(!include || include.includes("im") ? people.map(person) : [])];
}

function known(value, ctx) {
  const user = ctx.users.get(value);
  const channel = ctx.channels.get(value);
  return user ? person(user) : channel ? room(channel) : { value, label: value, option: { value } };
}

function selectControl(element, { id, label, value, change, ctx, surface, block, describedby, clearable }) {
  const [source, multi] = KINDS[element.type];
  const own = source === "static" || source === "external";
  const start = own
    ? flatten({ options: multi ? value?.selected_options ?? element.initial_options ?? [] : [value?.selected_option ?? element.initial_option].filter(Boolean) })
    : initialIds(element, source, multi, value, surface).map((one) => known(one, ctx));
  const state = (entries) => {
    if (own) return multi ? { type: element.type, selected_options: entries.map((entry) => entry.option) } : { type: element.type, selected_option: entries[0]?.option ?? null };
    const name = source === "users" ? "user" : source === "channels" ? "channel" : "conversation";
    return multi ? { type: element.type, [`selected_${name}s`]: entries.map((entry) => entry.value) } : { type: element.type, [`selected_${name}`]: entries[0]?.value ?? null };
  };
  const load = source === "external" ? async (query) => flatten(await surface.options(block, element, query))
    : (query) => narrow(source === "static" ? flatten(element) : directory(source, ctx, element), query);
  const made = select({
    id, label, describedby, clearable, multi, load, chosen: start, max: element.max_selected_items,
    minimum: source === "external" ? element.min_query_length ?? 3 : 0,
    filter: source !== "static" || flatten(element).length > 6 || multi,
    placeholder: plain(element.placeholder) || { users: "Select a person", channels: "Select a channel", conversations: "Select a conversation" }[source] || (multi ? "Select options" : "Select an option"),
    change: (entries) => change?.(state(entries)),
  });
  return { node: made.node, read: () => state(made.entries()) };
}

function initialIds(element, source, multi, value, surface) {
  const name = source === "users" ? "user" : source === "channels" ? "channel" : "conversation";
  const held = value?.[multi ? `selected_${name}s` : `selected_${name}`];
  if (held !== undefined) return [held ?? []].flat();
  const first = element[multi ? `initial_${name}s` : `initial_${name}`];
  if (first) return [first].flat();
  return element.default_to_current_conversation && surface.channel ? [surface.channel] : [];
}

function textControl(element, { id, label, value, change, describedby, invalid, dispatch }) {
  const multiline = element.type === "plain_text_input" && element.multiline;
  const field = el(multiline ? "textarea" : "input", {
    id, class: "text-input", dir: "auto", placeholder: plain(element.placeholder) || null, maxlength: element.max_length,
    type: multiline ? null : TEXTS[element.type], inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    rows: multiline ? 3 : null, autocomplete: "off", "aria-describedby": describedby, "aria-invalid": invalid ? "true" : null, "aria-label": id ? null : label,
    value: value ? value.value ?? "" : element.initial_value ?? "", "data-focus": element.focus_on_load ? "1" : null,
  });
  const read = () => ({ type: element.type, value: field.value === "" ? null : field.value });
  let told = field.value;
  const tell = () => {
    if (field.value === told) return;
    told = field.value;
    change?.(read());
  };
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = null;
  if (dispatch && on.includes("on_character_entered")) field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 300);
  });
  field.addEventListener("change", tell);
  if (dispatch && !multiline) field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && on.includes("on_enter_pressed")) {
      event.preventDefault();
      tell();
    }
  });
  if (!element.max_length || element.max_length > 500) return { node: field, read };
  const left = el("span", { class: "count", "aria-hidden": "true" });
  const count = () => {
    left.textContent = field.value.length > element.max_length * 0.7 ? `${element.max_length - field.value.length}` : "";
  };
  field.addEventListener("input", count);
  count();
  return { node: el("div", { class: "counted" }, field, left), read };
}

function choices(element, { id, label, value, change, ctx, describedby, clearable }) {
  const many = element.type === "checkboxes";
  const name = uid("choice");
  const initial = many ? value?.selected_options ?? element.initial_options ?? [] : [value ? value.selected_option : element.initial_option].filter(Boolean);
  const on = new Set(initial.map((option) => option.value));
  const boxes = [];
  const read = () => {
    const picked = (element.options ?? []).filter((_, at) => boxes[at].checked);
    return many ? { type: element.type, selected_options: picked } : { type: element.type, selected_option: picked[0] ?? null };
  };
  const rows = (element.options ?? []).map((option) => {
    const box = el("input", { type: many ? "checkbox" : "radio", name, onchange: () => change?.(read()) });
    box.checked = on.has(option.value);
    boxes.push(box);
    return el("label", { class: "choice" }, box, el("span", { class: "choice-text" }, el("span", { dir: "auto" }, textObject(option.text, ctx, { single: true })),
      option.description ? el("span", { class: "choice-description", dir: "auto" }, textObject(option.description, ctx, { single: true })) : null));
  });
  const reset = !many && clearable ? el("button", { type: "button", class: "link-button", onclick: () => {
    for (const box of boxes) box.checked = false;
    change?.(read());
  } }, "Clear selection") : null;
  return { node: el("div", { id, class: "choices", role: many ? "group" : "radiogroup", "aria-label": label, "aria-describedby": describedby }, rows, reset), read };
}

function richTextControl(element, { id, label, value, change, describedby }) {
  const start = value ? value.rich_text_value : element.initial_value;
  const area = el("textarea", { id, class: "text-input", dir: "auto", rows: element.min_lines ?? 3, placeholder: plain(element.placeholder) || null, "aria-describedby": describedby, "aria-label": id ? null : label, value: start ? richTextPlain(start) : "" });
  const read = () => ({ type: element.type, rich_text_value: typedRichText(area.value) });
  const wrap = (before, after = before) => {
    const [from, to] = [area.selectionStart, area.selectionEnd];
    area.setRangeText(before + area.value.slice(from, to) + after, from, to, "end");
    area.selectionStart = from + before.length;
    area.selectionEnd = to + before.length;
    area.focus();
  };
  const lead = (mark) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    area.setRangeText(mark, from, from, "end");
    area.focus();
  };
  const tool = (name, text, run) => el("button", { type: "button", class: "icon-button", "aria-label": text, title: text, onclick: run }, icon(name, 16));
  area.addEventListener("change", () => change?.(read()));
  area.addEventListener("keydown", (event) => {
    const mark = (event.ctrlKey || event.metaKey) && { b: "*", i: "_" }[event.key];
    if (mark) {
      event.preventDefault();
      wrap(mark);
    }
  });
  return { node: el("div", { class: "rich-input" }, el("div", { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" },
    tool("bold", "Bold", () => wrap("*")), tool("italic", "Italic", () => wrap("_")), tool("strike", "Strikethrough", () => wrap("~")), tool("code", "Code", () => wrap("`")),
    tool("list", "Bulleted list", () => lead("- ")), tool("ordered", "Numbered list", () => lead("1. "))), area), read };
}

/**
 * A control for an element. `options`: `{id, label, value (Slack's state value), change(stateValue), ctx, surface, block,
 * describedby, invalid, dispatch, clearable}`.
 */
export function control(element, options) {
  const { id, label, value, change, ctx, describedby, clearable } = options;
  if (element.type in KINDS) return selectControl(element, options);
  if (element.type in TEXTS) return textControl(element, options);
  const tell = (name) => (found) => change?.({ type: element.type, [name]: found });
  switch (element.type) {
    case "datepicker": {
      const made = datepicker({ id, label, ctx, describedby, clearable, value: value ? value.selected_date : element.initial_date, placeholder: plain(element.placeholder) || undefined, change: tell("selected_date") });
      return { node: made.node, read: () => ({ type: element.type, selected_date: made.value() }) };
    }
    case "timepicker": {
      const made = timepicker({ id, label, describedby, clearable, value: value ? value.selected_time : element.initial_time, placeholder: plain(element.placeholder) || undefined, change: tell("selected_time") });
      return { node: made.node, read: () => ({ type: element.type, selected_time: made.value() }) };
    }
    case "datetimepicker": {
      const made = datetimepicker({ id, label, ctx, describedby, value: value ? value.selected_date_time : element.initial_date_time, change: tell("selected_date_time") });
      return { node: made.node, read: () => ({ type: element.type, selected_date_time: made.value() }) };
    }
    case "checkboxes":
    case "radio_buttons": return choices(element, options);
    case "rich_text_input": return richTextControl(element, options);
    default:
      return { node: el("p", { id, class: "file-note" }, icon("file", 16), "Files cannot be attached in this workspace. Leave this empty."), read: () => ({ type: element.type, files: [] }) };
  }
}
