// Things that float: popovers beside an anchor, menus, and short notes at the edge ("toasts").

import { el, fill, rove } from "./dom.js";
import { icon } from "./icons.js";

let open = null;

function place(panel, anchor, { align, above }) {
  const box = anchor.getBoundingClientRect();
  panel.style.maxHeight = "";
  const width = panel.offsetWidth;
  const height = panel.offsetHeight;
  const gap = 6;
  const rtl = getComputedStyle(anchor).direction === "rtl";
  let left = (align === "end") !== rtl ? box.right - width : box.left;
  left = Math.max(8, Math.min(left, innerWidth - width - 8));
  const below = innerHeight - box.bottom - gap - 8;
  const over = box.top - gap - 8;
  const upward = above ? over >= Math.min(height, 160) : height > below && over > below;
  panel.style.maxHeight = `${Math.max(140, upward ? over : below)}px`;
  panel.style.left = `${left}px`;
  panel.style.top = `${upward ? Math.max(8, box.top - gap - Math.min(height, over)) : box.bottom + gap}px`;
}

/**
 * Show `content` beside `anchor`. Esc, a click elsewhere and Tab out close it; the focus goes back to the anchor.
 * Returns `{close, reposition}`. Only one is open at a time.
 */
export function popover(anchor, content, { label, role = "dialog", align = "start", above = false, className = "", onclose, fit = false } = {}) {
  open?.close(false);
  const panel = el("div", { class: `popover ${className}`, role, "aria-label": label, popover: "manual", tabindex: "-1" }, content);
  (anchor.closest("dialog") ?? document.body).append(panel);
  if (fit) panel.style.minWidth = `${Math.min(anchor.offsetWidth, innerWidth - 16)}px`;
  panel.showPopover();
  const reposition = () => place(panel, anchor, { align, above });
  reposition();
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) handle.close(false);
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      handle.close(true);
    }
  };
  const leave = (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget) && !anchor.contains(event.relatedTarget)) handle.close(false);
  };
  const moved = (event) => {
    if (!panel.contains(event.target)) reposition();
  };
  const handle = {
    panel,
    reposition,
    close(refocus = true) {
      if (open !== handle) return;
      open = null;
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("keydown", keys, true);
      removeEventListener("scroll", moved, true);
      removeEventListener("resize", reposition);
      panel.remove();
      anchor.setAttribute("aria-expanded", "false");
      if (refocus && anchor.isConnected) anchor.focus();
      onclose?.();
    },
  };
  open = handle;
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  addEventListener("scroll", moved, true);
  addEventListener("resize", reposition);
  panel.addEventListener("focusout", leave);
  return handle;
}

/** True while a popover is open (Esc belongs to it then). */
export const popoverOpen = () => open !== null;

/** Close whatever floats. */
export const closePopover = () => open?.close(false);

/**
 * A menu at `anchor`. `items`: `{label, description?, icon?, checked?, danger?, run}` or `"-"` for a divider.
 */
export function menu(anchor, items, { label = "Menu", align = "end", above = false, header = null, className = "" } = {}) {
  const list = el("div", { class: "menu" }, header, items.map((item) => {
    if (item === "-") return el("div", { class: "menu-divider", role: "separator" });
    return el("button", {
      type: "button",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      class: `menu-item${item.danger ? " danger" : ""}`,
      onclick: () => {
        handle.close(true);
        item.run();
      },
    }, item.icon, el("span", { class: "menu-text" }, el("span", { class: "menu-label", dir: "auto" }, item.label),
      item.description ? el("span", { class: "menu-description", dir: "auto" }, item.description) : null),
    item.checked ? icon("check", 16) : null);
  }));
  const handle = popover(anchor, list, { label, role: "menu", align, above, className });
  const buttons = [...list.querySelectorAll("button")];
  list.addEventListener("keydown", (event) => {
    if (rove(event, buttons)) return;
    if (event.key.length === 1 && /\S/.test(event.key)) {
      buttons.find((one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  });
  (buttons.find((one) => one.getAttribute("aria-checked") === "true") ?? buttons[0])?.focus();
  return handle;
}

/** A short note at the bottom of the window; errors stay longer and are spoken at once. */
export function toast(text, { kind = "info" } = {}) {
  const stack = document.getElementById("toasts");
  const note = el("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" },
    icon(kind === "error" ? "warning" : kind === "success" ? "success" : "info"), el("span", { dir: "auto" }, text),
    el("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => note.remove() }, icon("close", 14)));
  fill(stack, [...stack.children].slice(-2), note);
  // A modal dialog is above everything else but the top layer's later entries.
  if (stack.isConnected && stack.showPopover) {
    if (stack.matches(":popover-open")) stack.hidePopover();
    stack.showPopover();
  }
  setTimeout(() => note.remove(), kind === "error" ? 9000 : 4500);
}
