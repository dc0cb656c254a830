// The app's Home tab.

import { renderBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/** Shows what the app published for the viewer; call `update()` whenever it changes. */
export class HomeTab {
  #ws;
  #signature = null;
  #turn = 0;

  constructor(ws) {
    this.#ws = ws;
    this.inner = el("div", { class: "home-inner" }, el("p", { class: "empty" }, "Opening…"));
    this.node = el("div", { class: "home scroller", tabindex: "0", role: "region", "aria-label": "Home" }, this.inner);
  }

  /** Tell the app that Home is open, then show it. */
  async enter() {
    await this.#ws.openHome().catch(() => {});
    await this.update();
  }

  async update() {
    const mine = (this.#turn += 1);
    const found = await this.#ws.views().catch(() => null);
    if (!found || mine !== this.#turn) return;
    const signature = JSON.stringify([found.home?.view_id, found.home?.blocks, found.home?.note, this.#ws.zone]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    const top = this.node.scrollTop;
    if (!found.home) fill(this.inner, el("div", { class: "empty" }, icon("home", 28), el("p", {}, "The app has not set up its Home yet.")));
    else fill(this.inner, found.home.note ? el("div", { class: "alert alert-error block", role: "alert" }, icon("warning"), el("span", { dir: "auto" }, found.home.note)) : null, renderBlocks(found.home.blocks, this.#ws.surface({ view_id: found.home.view_id }, found.home.state ?? {}), this.#ws));
    this.node.scrollTop = top;
  }
}
