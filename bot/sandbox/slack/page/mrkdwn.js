// Slack's mrkdwn to DOM: *bold*, _italic_, ~strike~, `code`, fences, quotes, list-like lines, <links>, mentions and dates.

import { el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { fullOf, slackDate } from "./dates.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Slack escapes exactly these three. */
export const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** The same three, for text a person typed. */
export const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The URL if a person may be sent there (web, mail, phone), else null: "javascript:" and the like never become links. */
export function safeUrl(url) {
  if (typeof url !== "string") return null;
  try {
    const parsed = new URL(url.trim());
    return SAFE.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab; text alone when the URL is not safe. */
export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return el("span", { class: "deadlink", title: "This link was removed because it is not a web address" }, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", dir: "auto", title: href }, ...children);
}

/** A person, shown as @Name. `ctx.users` maps ids to users. */
export function userMention(id, label, ctx) {
  const user = ctx.users.get(id);
  const name = user?.name ?? label ?? id;
  const me = id === ctx.viewer?.id;
  return el("span", { class: me ? "mention mention-me" : "mention", dir: "auto", title: user?.tz ? `${user.real_name ?? name} · ${user.tz}` : null }, `@${name}`);
}

export function channelMention(id, label, ctx) {
  const name = ctx.channels.get(id)?.name ?? label ?? id;
  return el("button", { type: "button", class: "mention", onclick: () => ctx.openChannel?.(id) }, `#${name}`);
}

export const broadcast = (range) => el("span", { class: "mention mention-all" }, `@${range}`);

/** A moment in the viewer's zone; the fallback where the format is not understood. */
export function dateNode(seconds, format, url, fallback, ctx) {
  const text = slackDate(seconds, format, ctx.zone, ctx.now());
  const when = new Date(seconds * 1000);
  const node = el("time", { title: Number.isNaN(when.getTime()) ? null : fullOf(when, ctx.zone) }, text ?? fallback ?? "");
  if (!Number.isNaN(when.getTime())) node.dateTime = when.toISOString();
  return url ? link(url, node) : node;
}

function angle(body, ctx) {
  const bar = body.indexOf("|");
  const head = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : unescape(body.slice(bar + 1));
  if (head[0] === "@") return userMention(head.slice(1), label, ctx);
  if (head[0] === "#") return channelMention(head.slice(1), label, ctx);
  if (head[0] === "!") {
    const [name, ...rest] = head.slice(1).split("^");
    if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
    if (name === "date") return dateNode(Number(rest[0]), unescape(rest[1] ?? ""), rest[2] ? unescape(rest[2]) : null, label, ctx);
    return el("span", { class: "mention" }, label ?? `@${name}`);
  }
  const url = unescape(head);
  return link(url, withEmoji(label ?? url.replace(/^mailto:/, "")));
}

const MARKS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const BARE = /https?:\/\/[^\s<>|`"')\]]*[^\s<>|`"')\].,;:!?]/y;
const EMOJI = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/y;

function closing(text, from, mark) {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\n") return -1;
    if (char === "<" || char === "`") {
      const end = text.indexOf(char === "<" ? ">" : "`", at + 1);
      if (end > 0) at = end;
    } else if (char === mark && at > from && !/\s/.test(text[at - 1]) && !WORD.test(text[at + 1] ?? " ")) return at;
  }
  return -1;
}

/** Inline mrkdwn as a list of nodes. `links` false inside a link's own text. */
export function inline(text, ctx, depth = 0) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(unescape(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\n") {
      flush();
      nodes.push(el("br"));
      continue;
    }
    if (char === "`") {
      const end = text.indexOf("`", at + 1);
      if (end > at + 1 && !text.slice(at, end).includes("\n")) {
        flush();
        nodes.push(el("code", {}, unescape(text.slice(at + 1, end))));
        at = end;
        continue;
      }
    } else if (char === "<") {
      const end = text.indexOf(">", at + 1);
      if (end > at + 1) {
        flush();
        nodes.push(angle(text.slice(at + 1, end), ctx));
        at = end;
        continue;
      }
    } else if (MARKS[char] && depth < 8 && !WORD.test(text[at - 1] ?? " ") && text[at + 1] !== char && /\S/.test(text[at + 1] ?? " ")) {
      const end = closing(text, at + 1, char);
      if (end > 0) {
        flush();
        nodes.push(el(MARKS[char], {}, inline(text.slice(at + 1, end), ctx, depth + 1)));
        at = end;
        continue;
      }
    } else if (char === ":") {
      EMOJI.lastIndex = at;
      const found = EMOJI.exec(text);
      const character = found && emoji(found[1]);
      if (character) {
        flush();
        nodes.push(el("span", { class: "emoji", role: "img", "aria-label": found[1].replaceAll("_", " "), title: `:${found[1]}:` }, character));
        at += found[0].length - 1;
        continue;
      }
    } else if (char === "h" && !WORD.test(text[at - 1] ?? " ")) {
      BARE.lastIndex = at;
      const found = BARE.exec(text);
      if (found) {
        flush();
        nodes.push(link(unescape(found[0]), unescape(found[0])));
        at += found[0].length - 1;
        continue;
      }
    }
    plain += char;
  }
  flush();
  return nodes;
}

const BULLET = /^(\s*)([•◦▪‣-]|\d{1,3}[.)])\s+(.*)$/;

function lines(text, ctx) {
  const nodes = [];
  let quote = null;
  let run = [];
  const endRun = () => {
    if (run.length) nodes.push(el("p", { dir: "auto" }, inline(run.join("\n"), ctx)));
    run = [];
  };
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quoted) {
      endRun();
      if (!quote) nodes.push((quote = el("blockquote", { dir: "auto" })));
      else quote.append(el("br"));
      quote.append(...inline(quoted[1], ctx));
      continue;
    }
    quote = null;
    const item = BULLET.exec(line);
    if (item) {
      endRun();
      const row = el("div", { class: "li", dir: "auto" }, el("span", { class: "li-mark" }, item[2] === "-" ? "–" : item[2]), el("span", {}, inline(item[3], ctx)));
      if (item[1].length) row.style.marginInlineStart = `${Math.min(item[1].length, 12) * 0.5}em`;
      nodes.push(row);
    } else if (line.trim() === "" && run.length === 0) {
      nodes.push(el("div", { class: "gap" }));
    } else {
      run.push(line);
    }
  }
  endRun();
  return nodes;
}

/** Mrkdwn text as block-level nodes. `ctx`: `{users, channels, viewer, zone, now()}`. */
export function mrkdwn(text, ctx) {
  const nodes = [];
  const parts = String(text ?? "").split("```");
  const closed = parts.length % 2 === 1;
  parts.forEach((part, index) => {
    const fenced = index % 2 === 1 && (closed || index < parts.length - 1);
    if (fenced) nodes.push(el("pre", { dir: "ltr", tabindex: "0" }, unescape(part.replace(/^\n|\n$/g, ""))));
    else {
      const rest = index % 2 === 1 ? `\`\`\`${part}` : part.replace(index ? /^\n/ : /^$/, "").replace(index < parts.length - 1 ? /\n$/ : /$^/, "");
      if (rest) nodes.push(...lines(rest, ctx));
    }
  });
  return nodes;
}

/** A Slack text object (plain_text or mrkdwn) as nodes; `single` keeps it on one line. */
export function textObject(text, ctx, { single = false } = {}) {
  if (!text) return [];
  if (text.type === "mrkdwn") return single ? inline(text.text ?? "", ctx) : mrkdwn(text.text ?? "", ctx);
  return [plain(text)];
}

/** The characters of a plain_text object, short names shown as emoji unless switched off. */
export function plain(text) {
  if (!text) return "";
  return text.emoji === false ? String(text.text ?? "") : withEmoji(String(text.text ?? ""));
}
