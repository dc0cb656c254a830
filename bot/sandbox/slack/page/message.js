// One message: face, name, time, text or blocks, what only this person sees, reactions, and its thread's summary.

import { avatar } from "./avatar.js";
import { renderBlocks, renderText } from "./blocks.js";
import { dayDistance, fullOf, slackDate, timeOf } from "./dates.js";
import { el, fill } from "./dom.js";
import { emoji, findEmoji, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { inline } from "./mrkdwn.js";
import { menu, popover, toast } from "./popover.js";

/** The moment of a `ts`. */
export const momentOf = (ts) => new Date(Number(ts) * 1000);

function reactions(message, ctx, act) {
  if (!message.reactions?.length) return null;
  const mine = (one) => one.users.includes(ctx.viewer.id);
  const names = (one) => one.users.map((id) => (id === ctx.viewer.id ? "you" : ctx.users.get(id)?.real_name ?? id)).join(", ");
  return el("div", { class: "reactions" }, message.reactions.map((one) =>
    el("button", { type: "button", class: "reaction", "aria-pressed": String(mine(one)), title: `${names(one)} reacted with :${one.name}:`,
      "aria-label": `${one.name.replaceAll("_", " ")}, ${one.users.length}, by ${names(one)}`, onclick: () => act.react(message, one.name, mine(one)) },
    el("span", { class: "emoji" }, emoji(one.name) ?? `:${one.name}:`), String(one.users.length))));
}

/** A grid of emoji with a search at `anchor`. */
export function pickEmoji(anchor, pick, { above = false } = {}) {
  const grid = el("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const show = (names) => fill(grid, names.length ? names.map((name) => el("button", { type: "button", class: "emoji-choice", "aria-label": name.replaceAll("_", " "), title: `:${name}:`, onclick: () => {
    handle.close(true);
    pick(name);
  } }, emoji(name))) : el("div", { class: "options-empty" }, "Nothing matches"));
  const common = [...QUICK, "wave", "joy", "thinking_face", "clap", "raised_hands", "fire", "100", "sparkles", "calendar", "coffee", "warning", "x", "heavy_plus_sign", "bulb", "sob", "ok_hand"];
  const field = el("input", { type: "text", class: "filter", placeholder: "Search emoji", "aria-label": "Search emoji", autocomplete: "off",
    oninput: () => show(field.value ? findEmoji(field.value, 48).map(([name]) => name) : common),
    onkeydown: (event) => {
      if (event.key === "Enter") grid.querySelector("button")?.click();
      if (event.key === "ArrowDown") grid.querySelector("button")?.focus();
    } });
  show(common);
  const handle = popover(anchor, [el("div", { class: "filter-row" }, icon("search", 16), field), grid], { label: "Emoji", align: "end", above, className: "emoji-popover" });
  grid.addEventListener("keydown", (event) => {
    const all = [...grid.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = all.indexOf(document.activeElement) + step;
    (next < 0 ? field : all[Math.min(next, all.length - 1)]).focus();
  });
  field.focus();
}

function tools(message, ctx, act, inThread) {
  const button = (name, label, run) => el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: run }, icon(name, 17));
  if (message.ephemeral) return null;
  return el("div", { class: "message-tools", role: "toolbar", "aria-label": "Message" },
    button("smile", "React", (event) => pickEmoji(event.currentTarget, (name) => act.react(message, name, false))),
    inThread ? null : button("reply", "Reply in thread", () => act.thread(message.thread_ts ?? message.ts)),
    button("more", "More", (event) => menu(event.currentTarget, [
      { label: "Copy text", run: () => navigator.clipboard?.writeText(message.plain || message.text).then(() => toast("Copied")).catch(() => toast("This browser does not let the page copy.")) },
      ...(inThread ? [] : [{ label: "Open thread", run: () => act.thread(message.thread_ts ?? message.ts) }]),
    ], { label: "Message" })));
}

function threadSummary(message, ctx, act) {
  if (!message.reply_count) return null;
  const last = message.latest_reply ? momentOf(message.latest_reply) : null;
  const when = last && (dayDistance(ctx.now(), last, ctx.zone) === 0 ? `today at ${timeOf(last, ctx.zone)}` : slackDate(last / 1000, "{date_short_pretty} at {time}", ctx.zone, ctx.now()));
  return el("button", { type: "button", class: "thread-summary", onclick: () => act.thread(message.ts) },
    el("span", { class: "faces" }, (message.reply_users ?? []).slice(0, 4).map((id) => avatar(ctx.users.get(id), 22))),
    el("span", { class: "thread-count" }, `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`),
    when ? el("span", { class: "thread-last" }, `Last reply ${when}`) : null, icon("right", 14));
}

/** What was posted: blocks, or the text; private attachments' blocks below. */
function body(message, surface, ctx) {
  const parts = [];
  if (message.blocks?.length) parts.push(...renderBlocks(message.blocks, surface, ctx));
  else if (message.markdown) parts.push(el("div", { class: "text markdown" }, markdown(message.text, { ...ctx, mrkdwnSpan: (text) => el("span", {}, inline(text, ctx)) })));
  else if (message.text) parts.push(renderText(message.text, ctx));
  for (const one of message.attachments ?? []) {
    parts.push(el("div", { class: "attachment" }, one.blocks ? renderBlocks(one.blocks, surface, ctx) : renderText([one.pretext, one.title, one.text].filter(Boolean).join("\n") || one.fallback || "", ctx)));
  }
  return parts;
}

/**
 * A message as a node. `act`: `{react(message, name, remove), thread(ts)}`; `compact` when it follows its author's last one.
 */
export function messageNode(message, { ctx, act, channel, compact = false, inThread = false }) {
  const author = ctx.users.get(message.user) ?? { name: message.name, real_name: message.name, bot: message.bot };
  const at = momentOf(message.ts);
  const name = author.real_name ?? message.name;
  const surface = ctx.surface({ channel, ts: message.ts }, message.state ?? {});
  const edited = message.edited ? el("span", { class: "edited", title: "This message was changed" }, "(edited)") : null;
  const editedAbove = edited && !compact && message.blocks?.length;
  const stamp = el("time", { class: "stamp", datetime: at.toISOString(), title: fullOf(at, ctx.zone) }, compact ? timeOf(at, ctx.zone).replace(/ [AP]M$/, "") : timeOf(at, ctx.zone));
  return el("article", {
    class: `message${compact ? " compact" : ""}${message.ephemeral ? " ephemeral" : ""}${message.bot ? " from-app" : ""}`,
    tabindex: "-1", "data-ts": message.ts, "aria-label": `${name}, ${timeOf(at, ctx.zone)}`,
  },
  el("div", { class: "gutter" }, compact ? stamp : avatar(author, 36)),
  el("div", { class: "message-main" },
    message.ephemeral ? el("div", { class: "only-you" }, icon("eye", 14), "Only visible to you") : null,
    compact ? null : el("div", { class: "message-head" }, el("span", { class: "author", dir: "auto" }, name), author.bot ? el("span", { class: "badge" }, "App") : null, stamp, editedAbove ? edited : null),
    el("div", { class: "message-body" }, body(message, surface, ctx), editedAbove ? null : edited,
      message.streaming ? el("span", { class: "caret", "aria-label": "still writing" }) : null),
    reactions(message, ctx, act),
    inThread ? null : threadSummary(message, ctx, act)),
  tools(message, ctx, act, inThread));
}
