// rich_text blocks to DOM, and a small editor's text back to a rich_text block.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, dateNode, link, userMention } from "./mrkdwn.js";

function styled(node, style = {}) {
  let wrapped = node;
  if (style.code) wrapped = el("code", {}, wrapped);
  if (style.bold) wrapped = el("strong", {}, wrapped);
  if (style.italic) wrapped = el("em", {}, wrapped);
  if (style.strike) wrapped = el("s", {}, wrapped);
  if (style.underline) wrapped = el("u", {}, wrapped);
  return wrapped;
}

function lines(text) {
  return String(text ?? "").split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}

function element(item, ctx) {
  switch (item.type) {
    case "text": return el("span", { dir: "auto" }, lines(item.text));
    case "link": return link(item.url, item.text ?? item.url);
    case "user": return userMention(item.user_id, null, ctx);
    case "usergroup": return el("span", { class: "mention" }, `@${item.usergroup_id}`);
    case "team": return el("span", { class: "mention" }, `@${item.team_id}`);
    case "channel": return channelMention(item.channel_id, null, ctx);
    case "broadcast": return broadcast(item.range);
    case "date": return dateNode(item.timestamp, item.format, item.url, item.fallback, ctx);
    case "emoji": return el("span", { class: "emoji", title: `:${item.name}:` }, emojiText(item));
    case "color": {
      const swatch = el("span", { class: "swatch" });
      if (/^#[0-9a-f]{3,8}$/i.test(item.value ?? "")) swatch.style.background = item.value;
      return el("span", {}, swatch, item.value);
    }
    default: return el("span", {}, item.text ?? "");
  }
}

function emojiText(item) {
  const known = emoji(item.name ?? "");
  if (known) return known;
  const codes = /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(item.unicode ?? "") ? item.unicode.split("-").map((code) => parseInt(code, 16)) : [];
  return codes.length && codes.every((code) => code <= 0x10ffff) ? String.fromCodePoint(...codes) : `:${item.name}:`;
}

const inside = (items, ctx) => (items ?? []).map((item) => styled(element(item, ctx), item.style));

/** A rich_text block's elements as nodes; numbering goes on where an ordered list is interrupted by a deeper one. */
export function richText(block, ctx) {
  const counts = {};
  return (block?.elements ?? []).map((part) => {
    if (part.type !== "rich_text_list") for (const key of Object.keys(counts)) delete counts[key];
    switch (part.type) {
      case "rich_text_quote": return el("blockquote", { dir: "auto" }, inside(part.elements, ctx));
      case "rich_text_preformatted": return el("pre", { dir: "ltr", tabindex: "0" }, inside(part.elements, ctx));
      case "rich_text_list": {
        const depth = Math.min(Math.max(Number(part.indent) || 0, 0), 8);
        const ordered = part.style === "ordered";
        const start = ordered ? (counts[depth] ?? 0) + 1 : 1;
        for (const key of Object.keys(counts)) if (Number(key) > depth) delete counts[key];
        if (ordered) counts[depth] = start - 1 + (part.elements ?? []).length;
        const list = el(ordered ? "ol" : "ul", { class: `depth-${depth % 3}`, start: ordered && start > 1 ? start : null },
          (part.elements ?? []).map((item) => el("li", { dir: "auto" }, inside(item.elements, ctx))));
        list.style.marginInlineStart = `${depth * 1.4}em`;
        return part.border ? el("div", { class: "bordered" }, list) : list;
      }
      default: return el("p", { dir: "auto" }, inside(part.elements, ctx));
    }
  });
}

/** The characters of a rich_text block, for fields and labels. */
export function richTextPlain(block) {
  const flat = (item) => item.text ?? item.url ?? (item.elements ?? []).map(flat).join(item.type === "rich_text_list" ? "\n" : "");
  return (block?.elements ?? []).map(flat).join("\n");
}

const STYLES = [["`", "code"], ["*", "bold"], ["_", "italic"], ["~", "strike"]];

function typedSpans(line) {
  const items = [];
  const pattern = /(https?:\/\/[^\s<>]+)|([`*_~])(?=\S)(.+?)(?<=\S)\2(?![\p{L}\p{N}])/gu;
  let from = 0;
  for (const found of line.matchAll(pattern)) {
    if (found.index > from) items.push({ type: "text", text: line.slice(from, found.index) });
    if (found[1]) items.push({ type: "link", url: found[1] });
    else items.push({ type: "text", text: found[3], style: { [STYLES.find(([mark]) => mark === found[2])[1]]: true } });
    from = found.index + found[0].length;
  }
  if (from < line.length) items.push({ type: "text", text: line.slice(from) });
  return items;
}

/** What a person typed into a rich text input (marks as in the composer) as a rich_text block, or null if empty. */
export function typedRichText(text) {
  if (!text.trim()) return null;
  const elements = [];
  for (const line of text.split("\n")) {
    const item = /^\s*(?:([-•])|(\d+)[.)])\s+(.*)$/.exec(line);
    const quote = /^>\s?(.*)$/.exec(line);
    const last = elements.at(-1);
    if (item) {
      const style = item[1] ? "bullet" : "ordered";
      const entry = { type: "rich_text_section", elements: typedSpans(item[3]) };
      if (last?.type === "rich_text_list" && last.style === style) last.elements.push(entry);
      else elements.push({ type: "rich_text_list", style, indent: 0, elements: [entry] });
    } else if (quote) {
      elements.push({ type: "rich_text_quote", elements: typedSpans(quote[1]) });
    } else if (last?.type === "rich_text_section") {
      last.elements.push({ type: "text", text: "\n" }, ...typedSpans(line));
    } else elements.push({ type: "rich_text_section", elements: typedSpans(line) });
  }
  return { type: "rich_text", elements };
}
