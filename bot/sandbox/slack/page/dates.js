// Times as a viewer reads them: in the viewer's zone, against the workspace's clock (which may not be the machine's).

const formats = new Map();

function formatter(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options });
    } catch {
      made = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

const show = (date, zone, options) => formatter(zone, options).format(date).replace(/\u202f/g, " ");

/** `2026-11-24` of an instant in a zone. */
export function dayKey(date, zone) {
  const parts = Object.fromEntries(
    formatter(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Whole days from `from` to `to` as calendar days of the zone. */
export function dayDistance(from, to, zone) {
  return Math.round((Date.parse(dayKey(to, zone)) - Date.parse(dayKey(from, zone))) / 86_400_000);
}

/** "9:05 AM" */
export const timeOf = (date, zone) => show(date, zone, { hour: "numeric", minute: "2-digit" });

/** "Tuesday, November 24th, 2026, 9:05 AM EST", for tooltips. */
export function fullOf(date, zone) {
  return show(date, zone, { weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
}

/** "Today", "Yesterday" or "Tuesday, November 24th": the heading of a day. */
export function dayHeading(date, zone, now) {
  const distance = dayDistance(now, date, zone);
  if (distance === 0) return "Today";
  if (distance === -1) return "Yesterday";
  return longDay(date, zone, now);
}

function ordinal(day) {
  const tens = day % 100;
  if (tens >= 11 && tens <= 13) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

const near = (date, now) => Math.abs(date - now) < 183 * 86_400_000;

function named(date, zone, { weekday = false, short = false, year = true }) {
  const month = show(date, zone, { month: short ? "short" : "long" });
  const day = Number(show(date, zone, { day: "numeric" }));
  const head = weekday ? `${show(date, zone, { weekday: "long" })}, ` : "";
  return `${head}${month} ${short ? day : ordinal(day)}${year ? `, ${show(date, zone, { year: "numeric" })}` : ""}`;
}

const longDay = (date, zone, now) => named(date, zone, { weekday: true, year: !near(date, now) });

function relativeDay(date, zone, now) {
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayDistance(now, date, zone)] ?? null;
}

function ago(date, now) {
  const seconds = Math.round((date - now) / 1000);
  const units = [["year", 31_536_000], ["month", 2_592_000], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
  }
  return seconds > 0 ? "in a moment" : "just now";
}

function token(name, date, zone, now) {
  const year = !near(date, now);
  switch (name) {
    case "date_num": return dayKey(date, zone);
    case "date_slash": return show(date, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
    case "date": return named(date, zone, { year });
    case "date_short": return named(date, zone, { short: true, year });
    case "date_long": return named(date, zone, { weekday: true, year });
    case "date_long_full": return named(date, zone, { weekday: true });
    case "day_divider_pretty": return longDay(date, zone, now);
    case "time": return timeOf(date, zone);
    case "time_secs": return show(date, zone, { hour: "numeric", minute: "2-digit", second: "2-digit" });
    case "ago": return ago(date, now);
    default: return null;
  }
}

/**
 * A Slack date format ("{date_short_pretty} at {time}") filled in, or null if it has an unknown token.
 * `seconds` since the epoch; relative words are capitalised where the text starts with them.
 */
export function slackDate(seconds, format, zone, now) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  let known = true;
  const filled = format.replace(/\{(\w+)\}/g, (whole, name, offset) => {
    const pretty = /^(date|date_short|date_long|day_divider)_pretty$/.exec(name);
    if (pretty) {
      const word = relativeDay(date, zone, now);
      if (word) return offset === 0 ? word[0].toUpperCase() + word.slice(1) : word;
    }
    const text = token(pretty && name !== "day_divider_pretty" ? pretty[1] : name, date, zone, now);
    if (text === null) known = false;
    return text ?? whole;
  });
  return known ? filled : null;
}

/** "GMT-5" or "EST" for a zone at an instant. */
export function zoneName(date, zone) {
  const part = formatter(zone, { timeZoneName: "short" }).formatToParts(date).find((one) => one.type === "timeZoneName");
  return part ? part.value : zone;
}

/** "America/New_York" -> "New York" */
export const cityOf = (zone) => (zone ?? "").split("/").pop().replaceAll("_", " ");

/** Minutes by which the zone is ahead of UTC at an instant. */
function offsetMinutes(date, zone) {
  const parts = Object.fromEntries(
    formatter(zone, { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" })
      .formatToParts(date).map((part) => [part.type, Number(part.value)]),
  );
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60_000);
}

/** Seconds since the epoch of a wall-clock day ("2026-11-24") and time ("09:30") in a zone; in a gap, the time after it. */
export function instantOf(day, time, zone) {
  const wall = Date.parse(`${day}T${time}:00Z`);
  let guess = wall - offsetMinutes(new Date(wall), zone) * 60_000;
  guess = wall - offsetMinutes(new Date(guess), zone) * 60_000;
  return Math.round(guess / 1000);
}

/** `["2026-11-24", "09:30"]`: the wall clock of an instant (seconds) in a zone. */
export function wallClock(seconds, zone) {
  const date = new Date(seconds * 1000);
  return [dayKey(date, zone), show(date, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })];
}

/** "Tue, Nov 24, 2026" of "2026-11-24", whatever the zone. */
export function dateLabel(day) {
  return show(new Date(`${day}T12:00:00Z`), "UTC", { weekday: "short", year: "numeric", month: "short", day: "numeric" });
}

/** "9:30 AM" of "09:30" */
export function timeLabel(time) {
  return show(new Date(`2000-01-01T${time}:00Z`), "UTC", { hour: "numeric", minute: "2-digit" });
}
