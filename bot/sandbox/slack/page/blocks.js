// Block Kit to DOM: the layout blocks. What people operate is in elements.js and buttons.js.

import { button, contextActions, overflow } from "./buttons.js";
import { control, isControl, bare } from "./elements.js";
import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { inline, link, mrkdwn, plain, safeUrl, textObject } from "./mrkdwn.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { card, carousel, container, plan, taskCard } from "./cards.js";

/** An image from this very origin (or inline data); others stay a labelled link: this page fetches nothing from elsewhere. */
export function picture(item, className, ctx) {
  const url = item.image_url ?? item.slack_file?.url ?? "";
  let own = false;
  try {
    const parsed = new URL(url, location.href);
    own = parsed.origin === location.origin || /^data:image\/(png|jpeg|gif|webp)[;,]/i.test(url);
  } catch {
    own = false;
  }
  if (own) return el("img", { class: className, src: url, alt: item.alt_text ?? "", loading: "lazy" });
  if (className !== "block-image") return el("span", { class: `${className} no-picture`, role: "img", "aria-label": item.alt_text ?? "", title: item.alt_text ?? "" }, icon("image", 16));
  return el("span", { class: "block-image no-picture" }, icon("image", 20), safeUrl(url) ? link(url, item.alt_text || "Open the image") : el("span", {}, item.alt_text));
}

/** A block element in a section's accessory, an actions block or a card. */
export function element(item, block, surface, ctx) {
  switch (item.type) {
    case "button":
    case "workflow_button": return button(item, block, surface, ctx);
    case "overflow": return overflow(item, block, surface, ctx);
    case "image": return picture(item, "accessory-image", ctx);
    default:
      if (!isControl(item.type)) return el("span", { class: "unknown" }, `[${item.type}]`);
      return control(item, {
        label: plain(item.placeholder) || plain(block.text)?.slice(0, 80) || "Choice", ctx, surface, block,
        value: surface.state?.[block.block_id]?.[item.action_id],
        change: (value) => surface.press(block, item, bare(value)),
      }).node;
  }
}

function section(block, surface, ctx) {
  const body = el("div", { class: "section-body" },
    block.text ? el("div", { class: "text" }, textObject(block.text, ctx)) : null,
    block.fields?.length ? el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "field text" }, textObject(field, ctx)))) : null);
  const side = block.accessory && element(block.accessory, block, surface, ctx);
  const wide = block.accessory && ["checkboxes", "radio_buttons"].includes(block.accessory.type);
  return el("div", { class: `section${side && wide ? " section-stacked" : ""}` }, body, side ? el("div", { class: "accessory" }, side) : null);
}

function context(block, ctx) {
  return el("div", { class: "context" }, (block.elements ?? []).map((item) =>
    item.type === "image" ? picture(item, "context-image", ctx) : el("span", { class: "text", dir: "auto" }, item.type === "mrkdwn" ? inline(item.text ?? "", ctx) : plain(item))));
}

function input(block, surface, ctx) {
  const item = block.element ?? {};
  const id = uid("input");
  const hintId = uid("hint");
  const errorId = uid("error");
  const error = surface.errors?.[block.block_id];
  const label = plain(block.label);
  const grouped = ["checkboxes", "radio_buttons", "datetimepicker", "file_input"].includes(item.type);
  const made = control(item, {
    id, label, ctx, surface, block, invalid: Boolean(error), dispatch: block.dispatch_action, clearable: Boolean(block.optional),
    describedby: [block.hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ") || null,
    value: surface.state?.[block.block_id]?.[item.action_id],
    change: (value) => surface.input(block, item, bare(value)),
  });
  surface.register?.(block, item, made.read);
  return el("div", { class: `input-block${error ? " invalid" : ""}`, "data-block": block.block_id },
    el(grouped ? "div" : "label", { class: "input-label", for: grouped ? null : id, dir: "auto" }, label, block.optional ? el("span", { class: "optional" }, " (optional)") : null),
    made.node,
    error ? el("div", { id: errorId, class: "input-error", role: "alert", dir: "auto" }, icon("error", 15), el("span", {}, error)) : null,
    block.hint ? el("div", { id: hintId, class: "input-hint", dir: "auto" }, plain(block.hint)) : null);
}

const ALERTS = { info: "info", warning: "warning", error: "error", success: "success" };

function video(block, ctx) {
  return el("div", { class: "video" }, el("span", { class: "video-thumb" }, icon("play", 22)), el("div", { class: "video-text" },
    block.provider_name || block.author_name ? el("div", { class: "video-source" }, [block.provider_name, block.author_name].filter(Boolean).join(" · ")) : null,
    el("div", { class: "video-title", dir: "auto" }, link(block.title_url ?? block.video_url, plain(block.title))),
    block.description ? el("div", { class: "text", dir: "auto" }, plain(block.description)) : null));
}

/** One block as a node. */
export function renderBlock(block, surface, ctx) {
  switch (block?.type) {
    case "section": return section(block, surface, ctx);
    case "header": return el("div", { class: "header-block", role: "heading", "aria-level": "3", dir: "auto" }, plain(block.text));
    case "divider": return el("hr", { class: "divider" });
    case "context": return context(block, ctx);
    case "actions": return el("div", { class: "actions" }, (block.elements ?? []).map((item) => element(item, block, surface, ctx)));
    case "context_actions": return contextActions(block, surface, ctx);
    case "image": return el("figure", { class: "image-block" }, block.title ? el("figcaption", { dir: "auto" }, plain(block.title)) : null, picture(block, "block-image", ctx));
    case "input": return input(block, surface, ctx);
    case "rich_text": return el("div", { class: "text rich" }, richText(block, ctx));
    case "markdown": return el("div", { class: "text markdown" }, markdown(block.text, { ...ctx, mrkdwnSpan: (text) => el("span", {}, inline(text, ctx)) }));
    case "table": return table(block, ctx);
    case "data_table": return dataTable(block, ctx);
    case "alert": return el("div", { class: `alert alert-${ALERTS[block.level] ?? "default"}`, role: "note" }, icon(ALERTS[block.level] ?? "info", 18), el("div", { class: "text" }, textObject(block.text, ctx)));
    case "card": return card(block, surface, ctx);
    case "carousel": return carousel(block, surface, ctx);
    case "container": return container(block, surface, ctx);
    case "plan": return plan(block, ctx);
    case "task_card": return taskCard(block, ctx);
    case "video": return video(block, ctx);
    case "file": return el("div", { class: "file-note" }, icon("file", 18), "A shared file");
    default: return el("div", { class: "unknown" }, `[${block?.type ?? "block"}]`);
  }
}

/**
 * Blocks as nodes. `surface`: `{press(block, element, value), input(...), options(...), state, errors?, register?, channel?}`;
 * `ctx`: `{users, channels, viewer, zone, now(), openChannel(id)}`.
 */
export function renderBlocks(blocks, surface, ctx) {
  return (blocks ?? []).map((block) => {
    const node = renderBlock(block, surface, ctx);
    node.classList.add("block");
    return node;
  });
}

/** A message's own text, where it has no blocks. */
export const renderText = (text, ctx) => el("div", { class: "text" }, mrkdwn(text, ctx));
