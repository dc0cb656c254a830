// Standard Markdown (the `markdown` block) to DOM: headings, lists, tasks, quotes, fences, tables, rules, emphasis, links, images as links.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const RULES = [
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, (found) => document.createTextNode(found[1])],
  [/^(`+)(.+?)\1(?!`)/, (found) => el("code", {}, found[2].trim())],
  [/^!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?[^)]*\)/, (found) => link(found[2], found[1] || found[2])],
  [/^\[((?:[^[\]]|\[[^\]]*\])+)\]\(\s*<?([^\s)>]+)>?[^)]*\)/, (found, ctx) => link(found[2], spans(found[1], ctx))],
  [/^<(https?:\/\/[^>\s]+|mailto:[^>\s]+)>/, (found) => link(found[1], found[1])],
  [/^<([@#!])([^>|]*)(?:\|([^>]*))?>/, (found, ctx) => ctx.mrkdwnSpan(found[0])],
  [/^(\*\*\*|___)(?=\S)([\s\S]*?\S)\1/, (found, ctx) => el("strong", {}, el("em", {}, spans(found[2], ctx)))],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (found, ctx) => el("strong", {}, spans(found[2], ctx))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found, ctx) => el("s", {}, spans(found[1], ctx))],
  [/^\*(?=[^\s*])([^*]*?[^\s*])\*(?!\*)/, (found, ctx) => el("em", {}, spans(found[1], ctx))],
  [/^https?:\/\/[^\s<>|`"')\]]*[^\s<>|`"')\].,;:!?]/, (found) => link(found[0], found[0])],
  [/^:([a-z0-9_+'-]+):/, (found) => (emoji(found[1]) ? document.createTextNode(emoji(found[1])) : null)],
];
const UNDERSCORE = /^_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}])/u;
const START = /[\\`!\[<*_~:h]/;

/** Inline Markdown as nodes. */
function spans(text, ctx) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    let node = null;
    let length = 1;
    if (START.test(text[at])) {
      const rest = text.slice(at);
      for (const [pattern, make] of RULES) {
        const found = pattern.exec(rest);
        node = found && make(found, ctx);
        if (node) {
          length = found[0].length;
          break;
        }
      }
      const leans = !node && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ") && UNDERSCORE.exec(rest);
      if (leans) {
        node = el("em", {}, spans(leans[1], ctx));
        length = leans[0].length;
      }
    }
    if (node) {
      flush();
      nodes.push(node);
    } else if (text[at] === "\n") {
      flush();
      nodes.push(el("br"));
    } else plain += text[at];
    at += length;
  }
  flush();
  return nodes;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(rows, ctx) {
  const aligned = cells(rows[1]).map((cell) => (/^:-+:$/.test(cell) ? "center" : /-:$/.test(cell) ? "right" : "left"));
  const row = (line, tag) => el("tr", {}, cells(line).map((cell, index) => el(tag, { class: `align-${aligned[index] ?? "left"}`, dir: "auto" }, spans(cell, ctx))));
  return el("div", { class: "table-scroll", tabindex: "0" }, el("table", {}, el("thead", {}, row(rows[0], "th")), el("tbody", {}, rows.slice(2).map((line) => row(line, "td")))));
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function list(rows, ctx) {
  const first = ITEM.exec(rows[0]);
  const ordered = /\d/.test(first[2]);
  const node = el(ordered ? "ol" : "ul", ordered && parseInt(first[2], 10) !== 1 ? { start: parseInt(first[2], 10) } : {});
  for (let at = 0; at < rows.length; ) {
    const found = ITEM.exec(rows[at]);
    const inner = [];
    let next = at + 1;
    while (next < rows.length && (!ITEM.test(rows[next]) || ITEM.exec(rows[next])[1].length > first[1].length)) inner.push(rows[next++]);
    const task = /^\[([ xX])\]\s+(.*)$/.exec(found ? found[3] : rows[at]);
    const body = task ? task[2] : found ? found[3] : rows[at];
    const indent = Math.min(...inner.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)[0].length), 99);
    node.append(el("li", { class: task ? "task" : null, dir: "auto" },
      task ? el("span", { class: "task-box", role: "img", "aria-label": task[1] === " " ? "to do" : "done" }, task[1] === " " ? "☐" : "☑") : null,
      spans(body, ctx), inner.length ? markdown(inner.map((line) => line.slice(indent)).join("\n"), ctx) : null));
    at = next;
  }
  return node;
}

/** Markdown text as block-level nodes. `ctx.mrkdwnSpan(text)` renders Slack's own `<@U1>` forms. */
export function markdown(text, ctx) {
  const rows = String(text ?? "").replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  const take = (test) => {
    const taken = [];
    while (rows.length && test(rows[0])) taken.push(rows.shift());
    return taken;
  };
  while (rows.length) {
    const row = rows[0];
    const fence = /^\s*(```+|~~~+)/.exec(row);
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(row);
    if (!row.trim()) rows.shift();
    else if (fence) {
      rows.shift();
      nodes.push(el("pre", { dir: "ltr", tabindex: "0" }, take((line) => !line.trim().startsWith(fence[1])).join("\n")));
      rows.shift();
    } else if (heading) {
      rows.shift();
      nodes.push(el("div", { class: `h h${heading[1].length}`, role: "heading", "aria-level": heading[1].length + 2, dir: "auto" }, spans(heading[2], ctx)));
    } else if (/^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(row)) {
      rows.shift();
      nodes.push(el("hr"));
    } else if (/^\s{0,3}>/.test(row)) {
      nodes.push(el("blockquote", { dir: "auto" }, markdown(take((line) => /^\s{0,3}>/.test(line)).map((line) => line.replace(/^\s{0,3}>\s?/, "")).join("\n"), ctx)));
    } else if (row.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rows[1] ?? "")) {
      nodes.push(table(take((line) => line.includes("|")), ctx));
    } else if (ITEM.test(row)) {
      const base = ITEM.exec(row)[1].length;
      nodes.push(list(take((line) => ITEM.test(line) || (line.trim() !== "" && /^\s*/.exec(line)[0].length > base)), ctx));
    } else {
      const taken = [rows.shift(), ...take((line) => line.trim() && !ITEM.test(line) && !/^\s{0,3}(#{1,6}\s|>|```)/.test(line))];
      nodes.push(el("p", { dir: "auto" }, spans(taken.join("\n"), ctx)));
    }
  }
  return nodes;
}
