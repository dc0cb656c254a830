// Blocks that hold others: card, carousel, container, plan and task card.

import { picture, renderBlocks } from "./blocks.js";
import { button } from "./buttons.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { inline, link, mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** A card block. */
export function card(block, surface, ctx) {
  return el("article", { class: "card" },
    block.hero_image ? picture(block.hero_image, "card-hero", ctx) : null,
    block.title || block.subtitle || block.icon ? el("div", { class: "card-head" }, block.icon ? picture(block.icon, "card-icon", ctx) : null,
      el("div", { class: "card-titles" }, block.title ? el("div", { class: "card-title", dir: "auto" }, inline(block.title.text ?? "", ctx)) : null,
        block.subtitle ? el("div", { class: "card-subtitle", dir: "auto" }, inline(block.subtitle.text ?? "", ctx)) : null)) : null,
    block.body ? el("div", { class: "text card-body" }, mrkdwn(block.body.text ?? "", ctx)) : null,
    block.actions?.length ? el("div", { class: "actions" }, block.actions.map((item) => button(item, block, surface, ctx))) : null);
}

/** Cards side by side; arrow keys scroll. */
export function carousel(block, surface, ctx) {
  const track = el("div", { class: "carousel", tabindex: "0", role: "group", "aria-roledescription": "carousel", "aria-label": `${(block.elements ?? []).length} cards` },
    (block.elements ?? []).map((one) => card({ ...one, block_id: one.block_id ?? block.block_id }, surface, ctx)));
  track.addEventListener("keydown", (event) => {
    if (event.target !== track || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    track.scrollBy({ left: event.key === "ArrowRight" ? 240 : -240, behavior: "smooth" });
  });
  return track;
}

/** A container block: a titled box of blocks, collapsible if it says so. */
export function container(block, surface, ctx) {
  const titles = [
    block.icon ? picture(block.icon, "card-icon", ctx) : null,
    el("span", { class: "card-titles" },
      el("span", { class: "card-title", dir: "auto" }, block.rich_text_title ? richText(block.rich_text_title, ctx) : plain(block.title)),
      block.subtitle ? el("span", { class: "card-subtitle", dir: "auto" }, textObject(block.subtitle, ctx, { single: true })) : null),
  ];
  const headed = block.title || block.rich_text_title || block.subtitle;
  const className = `container width-${block.width ?? "standard"}${block.has_header_divider ? " ruled" : ""}`;
  const body = el("div", { class: "container-body" }, renderBlocks(block.child_blocks, surface, ctx));
  if (block.is_collapsible && headed) {
    return el("details", { class: className, open: !block.default_collapsed }, el("summary", { class: "card-head" }, icon("right", 14), titles), body);
  }
  return el("section", { class: className }, headed ? el("div", { class: "card-head" }, titles) : null, body);
}

const STATES = { pending: ["circle", "to do"], in_progress: ["clock", "in progress"], complete: ["success", "done"], error: ["error", "failed"] };

/** A task card. */
export function taskCard(block, ctx) {
  const [sign, words] = STATES[block.status] ?? STATES.pending;
  const head = [el("span", { class: `task-state task-${block.status}`, role: "img", "aria-label": words }, icon(sign, 17)), el("span", { class: "task-title", dir: "auto" }, block.title ?? "")];
  const body = [
    block.details ? el("div", { class: "text rich" }, richText(block.details, ctx)) : null,
    block.output ? el("div", { class: "text rich task-output" }, richText(block.output, ctx)) : null,
    block.sources?.length ? el("div", { class: "task-sources" }, block.sources.map((source) => link(source.url, source.text))) : null,
  ].filter(Boolean);
  if (!body.length) return el("div", { class: "task" }, el("div", { class: "task-head" }, head));
  return el("details", { class: "task", open: block.status === "in_progress" || block.status === "error" }, el("summary", { class: "task-head" }, head, icon("down", 14)), el("div", { class: "task-body" }, body));
}

/** A plan block: a title and its tasks. */
export function plan(block, ctx) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((task) => task.status === "complete").length;
  return el("section", { class: "plan" }, el("div", { class: "plan-head" }, el("span", { class: "card-title", dir: "auto" }, block.title ?? ""), tasks.length ? el("span", { class: "plan-count" }, `${done} of ${tasks.length}`) : null),
    tasks.map((task) => taskCard(task, ctx)));
}
