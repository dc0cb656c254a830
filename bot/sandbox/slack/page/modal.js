// The stack of modals. The server holds it; this shows the top one and keeps what is being typed when a view changes.

import { renderBlocks } from "./blocks.js";
import { announce, el, fill, focusables } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, popoverOpen, toast } from "./popover.js";

/** Shows the viewer's open modal; call `update()` whenever views change. */
export class Modals {
  #ws;
  #view = null;
  #reads = new Map();
  #shown = {};
  #turn = 0;
  #before = null;
  #busy = false;

  constructor(ws) {
    this.#ws = ws;
    this.dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title" });
    document.body.append(this.dialog);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!popoverOpen()) this.#close();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !popoverOpen()) {
        event.preventDefault();
        event.stopPropagation();
        this.#close();
      }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#submit();
      }
    });
  }

  get open() {
    return this.#view !== null;
  }

  /** Fetch the top of the stack and show it. */
  async update() {
    const mine = (this.#turn += 1);
    let found;
    try {
      found = await this.#ws.views();
    } catch {
      return null;
    }
    if (mine !== this.#turn) return null;
    this.#show(found.modal);
    return found;
  }

  #show(view) {
    if (!view) {
      if (!this.#view) return;
      this.#view = null;
      closePopover();
      this.dialog.close();
      const back = this.#before?.isConnected ? this.#before : document.querySelector(".composer-field");
      back?.focus({ preventScroll: true });
      this.#before = null;
      return;
    }
    const signature = JSON.stringify([view.view_id, view.title, view.submit, view.close, view.blocks, view.errors, view.depth, view.note]);
    const same = this.#view?.view_id === view.view_id;
    if (same && signature === this.#view.signature) {
      this.#shown = view.state ?? {};
      return;
    }
    const state = same ? this.#merged(view.state ?? {}) : view.state ?? {};
    const focus = same ? this.#focusKey() : null;
    const top = same ? this.dialog.querySelector(".modal-body")?.scrollTop : 0;
    if (!this.#view) this.#before = document.activeElement;
    this.#view = { ...view, signature };
    this.#shown = view.state ?? {};
    this.#reads = new Map();
    closePopover();
    this.#render(view, state);
    if (!this.dialog.open) this.dialog.showModal();
    const body = this.dialog.querySelector(".modal-body");
    body.scrollTop = top ?? 0;
    this.#focus(focus, view);
  }

  /** Server's values, except where the person has meanwhile typed something else. */
  #merged(state) {
    const merged = structuredClone(state);
    for (const [key, read] of this.#reads) {
      const [block, action] = JSON.parse(key);
      const now = read();
      if (JSON.stringify(now) !== JSON.stringify(this.#shown[block]?.[action]) && merged[block]?.[action]?.type === now.type) merged[block][action] = now;
    }
    return merged;
  }

  #focusKey() {
    const block = document.activeElement?.closest?.("[data-block]");
    if (!block || !this.dialog.contains(block)) return null;
    return { block: block.dataset.block, at: focusables(block).indexOf(document.activeElement), start: document.activeElement.selectionStart ?? null };
  }

  #focus(key, view) {
    const errors = Object.keys(view.errors ?? {});
    const find = (id) => this.dialog.querySelector(`[data-block="${CSS.escape(id)}"]`);
    if (errors.length) {
      const first = errors.map(find).find(Boolean);
      (first && focusables(first)[0])?.focus();
      first?.scrollIntoView({ block: "nearest" });
      announce(Object.values(view.errors).join(". "));
      return;
    }
    const block = key && find(key.block);
    if (block) {
      const target = focusables(block)[key.at];
      target?.focus();
      if (key.start !== null && target?.setSelectionRange && target.type !== "email") target.setSelectionRange(key.start, key.start);
      return;
    }
    const body = this.dialog.querySelector(".modal-body");
    const wanted = body.querySelector("[data-focus]") ?? focusables(body).find((one) => one.matches("input,textarea,select,[role=combobox]")) ?? body;
    wanted.focus({ preventScroll: wanted === body });
  }

  #render(view, state) {
    const surface = this.#ws.surface({ view_id: view.view_id }, state, {
      errors: view.errors ?? {},
      register: (block, element, read) => this.#reads.set(JSON.stringify([block.block_id, element.action_id]), read),
    });
    fill(this.dialog, el("form", { class: "modal-form", novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      this.#submit();
    } },
    el("header", { class: "modal-head" },
      view.depth > 1 ? el("button", { type: "button", class: "icon-button", "aria-label": "Back", onclick: () => this.#close() }, icon("back")) : null,
      el("h2", { id: "modal-title", dir: "auto" }, view.title),
      el("button", { type: "button", class: "icon-button", "aria-label": view.depth > 1 ? "Close all" : "Close", onclick: () => this.#close(view.depth > 1) }, icon("close"))),
    el("div", { class: "modal-body", tabindex: "-1" }, view.note ? el("div", { class: "alert alert-error block", role: "alert" }, icon("warning"), el("span", { dir: "auto" }, view.note)) : null, renderBlocks(view.blocks, surface, this.#ws)),
    el("footer", { class: "modal-foot" },
      el("button", { type: "button", class: "button", onclick: () => this.#close() }, view.close || "Close"),
      view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit) : null)));
    this.dialog.dataset.depth = view.depth ?? 1;
  }

  async #submit() {
    if (this.#busy || !this.#view?.submit) return;
    this.#busy = true;
    const button = this.dialog.querySelector("button[type=submit]");
    button?.setAttribute("aria-busy", "true");
    const state = {};
    for (const [key, read] of this.#reads) {
      const [block, action] = JSON.parse(key);
      (state[block] ??= {})[action] = read();
    }
    try {
      await this.#ws.submit(this.#view.view_id, state);
    } catch (error) {
      toast(error.message, { kind: "error" });
    } finally {
      this.#busy = false;
      button?.removeAttribute("aria-busy");
    }
    await this.update();
  }

  async #close(all = false) {
    if (!this.#view) return;
    try {
      await this.#ws.closeView(this.#view.view_id, all);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    await this.update();
  }
}
