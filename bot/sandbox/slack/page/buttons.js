// What people press: buttons, overflow menus, feedback and icon buttons. While the app answers, the pressed one is busy.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { confirmed } from "./confirm.js";
import { plain, safeUrl } from "./mrkdwn.js";
import { menu, toast } from "./popover.js";

/** Ask the element's `confirm` dialog, if it has one, then press; `node` is busy meanwhile. */
async function press(node, item, block, surface, ctx, value, dialog = item.confirm) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (dialog && !(await confirmed(dialog, ctx))) return;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.press(block, item, value);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

const shown = (item, ctx) => !item.visible_to_user_ids?.length || item.visible_to_user_ids.includes(ctx.viewer?.id);

/** A button; with a `url` a link that looks like one (and still tells the app). */
export function button(item, block, surface, ctx) {
  if (!shown(item, ctx)) return null;
  const label = plain(item.text);
  const name = item.accessibility_label || null;
  const className = `button${item.style === "primary" ? " primary" : item.style === "danger" ? " danger" : ""}`;
  const href = item.url && safeUrl(item.url);
  const props = { class: className, "aria-label": name, dir: "auto", "data-action": item.action_id };
  if (href) {
    const node = el("a", { ...props, href, target: "_blank", rel: "noopener noreferrer", title: href,
      onclick: () => surface.press(block, item, undefined, { quiet: true }) }, label, icon("link", 14));
    return node;
  }
  if (item.type === "workflow_button") return el("button", { ...props, type: "button", onclick: () => toast("Workflows do not run in this workspace.") }, label);
  const node = el("button", { ...props, type: "button", onclick: () => press(node, item, block, surface, ctx, undefined) }, label);
  return node;
}

/** The "…" menu. */
export function overflow(item, block, surface, ctx) {
  const node = el("button", { type: "button", class: "button icon-only", "aria-label": "More options", "aria-haspopup": "menu", "aria-expanded": "false", "data-action": item.action_id,
    onclick: () => menu(node, (item.options ?? []).map((option) => ({
      label: plain(option.text), description: plain(option.description),
      run: () => {
        const href = option.url && safeUrl(option.url);
        if (href) open(href, "_blank", "noopener");
        return press(node, item, block, surface, ctx, option.value);
      },
    })), { label: "More options" }) }, icon("more", 18));
  return node;
}

function feedback(item, block, surface, ctx) {
  const one = (side, name) => {
    if (!side) return null;
    const node = el("button", { type: "button", class: "icon-button", "aria-pressed": "false", "aria-label": side.accessibility_label || plain(side.text), title: plain(side.text),
      onclick: async () => {
        await press(node, item, block, surface, ctx, side.value, null);
        for (const other of node.parentElement.children) other.setAttribute("aria-pressed", String(other === node));
      } }, icon(name, 16));
    return node;
  };
  return el("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, one(item.positive_button, "up"), one(item.negative_button, "thumbdown"));
}

/** A context_actions block. */
export function contextActions(block, surface, ctx) {
  return el("div", { class: "context-actions" }, (block.elements ?? []).map((item) => {
    if (item.type === "feedback_buttons") return feedback(item, block, surface, ctx);
    if (!shown(item, ctx)) return null;
    const node = el("button", { type: "button", class: "icon-button", "aria-label": item.accessibility_label || plain(item.text), title: plain(item.text),
      onclick: () => press(node, item, block, surface, ctx, undefined) }, icon(item.icon === "trash" ? "trash" : "circle", 16));
    return node;
  }));
}
