// Day and time pickers. "Today" is the workspace's, in the viewer's zone, not the machine's.

import { announce, el, fill, uid } from "./dom.js";
import { dateLabel, dayKey, instantOf, timeLabel, wallClock, zoneName } from "./dates.js";
import { icon } from "./icons.js";
import { popover } from "./popover.js";
import { narrow, select } from "./select.js";

const DAY = 86_400_000;
const utc = (day) => new Date(`${day}T00:00:00Z`);
const key = (date) => date.toISOString().slice(0, 10);
const monthName = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "short" });
const spoken = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Open a calendar at `anchor`; `pick("2026-11-24")` is told the choice. */
function openCalendar(anchor, { value, today, mondayFirst, label, pick }) {
  let focus = utc(value ?? today);
  const titleId = uid("month");
  const title = el("div", { id: titleId, class: "month", "aria-live": "polite" });
  const grid = el("div", { class: "days", role: "grid", "aria-labelledby": titleId });
  const step = (months) => {
    const day = focus.getUTCDate();
    const next = new Date(Date.UTC(focus.getUTCFullYear(), focus.getUTCMonth() + months, 1));
    const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
    next.setUTCDate(Math.min(day, last));
    focus = next;
  };
  const nav = (name, months, text) => el("button", { type: "button", class: "icon-button", "aria-label": text, onclick: () => {
    step(months);
    show(false);
  } }, icon(name, 16));
  const show = (refocus = true) => {
    title.textContent = monthName.format(focus);
    const first = new Date(Date.UTC(focus.getUTCFullYear(), focus.getUTCMonth(), 1));
    const lead = (first.getUTCDay() - (mondayFirst ? 1 : 0) + 7) % 7;
    const start = first.getTime() - lead * DAY;
    const cell = (index) => {
      const date = new Date(start + index * DAY);
      const day = key(date);
      return el("button", {
        type: "button", role: "gridcell", "data-day": day, tabindex: day === key(focus) ? "0" : "-1", "aria-label": spoken.format(date),
        "aria-selected": String(day === value), "aria-current": day === today ? "date" : null,
        class: `day${date.getUTCMonth() === focus.getUTCMonth() ? "" : " other"}${day === value ? " selected" : ""}`,
        onclick: () => {
          handle.close(true);
          pick(day);
        },
      }, String(date.getUTCDate()));
    };
    fill(grid,
      el("div", { role: "row", class: "week" }, [0, 1, 2, 3, 4, 5, 6].map((index) => el("span", { role: "columnheader", class: "weekday" }, weekday.format(new Date(start + index * DAY)).slice(0, 2)))),
      [0, 1, 2, 3, 4, 5].map((week) => el("div", { role: "row", class: "week" }, [0, 1, 2, 3, 4, 5, 6].map((index) => cell(week * 7 + index)))));
    if (refocus) grid.querySelector('[tabindex="0"]').focus();
  };
  const content = el("div", { class: "calendar" },
    el("div", { class: "calendar-head" }, nav("left", -1, "Previous month"), title, nav("right", 1, "Next month")), grid,
    el("button", { type: "button", class: "button small", onclick: () => {
      handle.close(true);
      pick(today);
    } }, "Today"));
  const handle = popover(anchor, content, { label, className: "calendar-popover" });
  grid.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    if (event.key in steps) focus = new Date(focus.getTime() + steps[event.key] * DAY);
    else if (event.key === "PageUp") step(event.shiftKey ? -12 : -1);
    else if (event.key === "PageDown") step(event.shiftKey ? 12 : 1);
    else return;
    event.preventDefault();
    show();
  });
  show();
  handle.reposition();
}

/** A date field. `value` "2026-11-24" or null; `change(day | null)`. Returns `{node, value()}`. */
export function datepicker({ id, label, value = null, placeholder = "Select a date", ctx, change, describedby, clearable = false }) {
  let current = value;
  const trigger = el("button", { id, type: "button", class: "select picker", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-describedby": describedby });
  const node = el("div", { class: "select-wrap" }, trigger);
  const settle = (day, tell) => {
    current = day;
    trigger.setAttribute("aria-label", `${label}: ${day ? dateLabel(day) : placeholder}`);
    fill(trigger, icon("calendar", 16), el("span", { class: day ? "select-value" : "select-value placeholder" }, day ? dateLabel(day) : placeholder), icon("down", 16));
    node.querySelector(".clear")?.remove();
    if (clearable && day) node.append(el("button", { type: "button", class: "clear icon-button", "aria-label": `Clear ${label}`, onclick: () => settle(null, true) }, icon("close", 14)));
    if (tell) {
      if (day) announce(dateLabel(day));
      change?.(day);
    }
  };
  trigger.addEventListener("click", () => openCalendar(trigger, {
    value: current, today: dayKey(new Date(ctx.now()), ctx.zone), mondayFirst: !/^America\//.test(ctx.zone), label, pick: (day) => settle(day, true),
  }));
  settle(current, false);
  return { node, value: () => current };
}

const STEPS = Array.from({ length: 96 }, (_, index) => `${String(Math.floor(index / 4)).padStart(2, "0")}:${String((index % 4) * 15).padStart(2, "0")}`);
const timeEntry = (time) => ({ value: time, label: timeLabel(time), description: "" });

/** "14:20", "2:20pm", "2pm", "1420" as `HH:MM`, or null. */
export function typedTime(text) {
  const found = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?\.?\s*$/i.exec(text);
  if (!found) return null;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const half = found[3]?.[0].toLowerCase();
  if (half && (hour < 1 || hour > 12)) return null;
  if (half === "p" && hour < 12) hour += 12;
  if (half === "a" && hour === 12) hour = 0;
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` : null;
}

/** A time field: a list of quarter hours, or any time typed. `value` "09:30" or null. Returns `{node, value()}`. */
export function timepicker({ id, label, value = null, placeholder = "Select a time", change, describedby, clearable = false }) {
  const control = select({
    id, label, placeholder, describedby, clearable, glyph: icon("clock", 16), chosen: value ? [timeEntry(value)] : [],
    load: (query) => narrow(STEPS.map(timeEntry), query).filter((entry) => entry.value !== typedTime(query)),
    free: (query) => (typedTime(query) ? [timeEntry(typedTime(query))] : []),
    change: (entries) => change?.(entries[0]?.value ?? null),
  });
  return { node: control.node, value: () => control.entries()[0]?.value ?? null };
}

/** A date and a time in the viewer's zone as one instant (seconds since the epoch). Returns `{node, value()}`. */
export function datetimepicker({ id, label, value = null, ctx, change, describedby }) {
  const [day, time] = value ? wallClock(value, ctx.zone) : [null, null];
  const read = () => (date.value() && clock.value() ? instantOf(date.value(), clock.value(), ctx.zone) : null);
  const tell = () => {
    if (read() !== null) change?.(read());
  };
  const date = datepicker({ id, label: `${label}, date`, value: day, ctx, change: tell, describedby });
  const clock = timepicker({ label: `${label}, time`, value: time, change: tell, describedby });
  const zone = el("span", { class: "zone-note" }, zoneName(new Date((value ?? ctx.now() / 1000) * 1000), ctx.zone));
  return { node: el("div", { class: "datetime", role: "group", "aria-label": label }, date.node, clock.node, zone), value: read };
}
