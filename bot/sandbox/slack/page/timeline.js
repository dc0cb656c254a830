// The messages of a conversation or a thread: days, grouping, what is being sent, staying at the bottom, the working indicator.

import { avatar } from "./avatar.js";
import { dayHeading, dayKey } from "./dates.js";
import { announce, el, fill, focusables } from "./dom.js";
import { icon } from "./icons.js";
import { messageNode, momentOf } from "./message.js";
import { escape } from "./mrkdwn.js";
import { toast } from "./popover.js";

const GROUP_SECONDS = 300;

/** One scrolling list of messages. `intro` makes the node above the first one; `thread` is a root's ts or null. */
export class Timeline {
  #ws;
  #channel;
  #thread;
  #act;
  #intro;
  #nodes = new Map();
  #messages = [];
  #pending = [];
  #sending = new Set();
  #wanted = 0;
  #loading = null;
  #disposed = false;
  #loaded = false;
  #stick = true;
  #statusTimer = null;
  #heard = 0;
  #threadShown;

  constructor(ws, { channel, thread = null, intro = null, openThread = () => {}, threadShown = () => null }) {
    this.#threadShown = threadShown;
    this.#ws = ws;
    this.#channel = channel;
    this.#thread = thread;
    this.#intro = intro;
    this.#act = {
      thread: openThread,
      react: (message, name, remove) => ws.react(channel, message.ts, name, remove).then(() => this.load()).catch((error) => toast(error.message, { kind: "error" })),
    };
    this.list = el("div", { class: "list", role: "log", "aria-live": "off", "aria-label": thread ? "Thread" : "Messages" });
    this.scroller = el("div", { class: "scroller", tabindex: "0", "aria-label": thread ? "Thread, scrollable" : "Messages, scrollable", role: "region" }, this.list);
    this.fresh = el("button", { type: "button", class: "fresh", hidden: true, onclick: () => this.toBottom(true) }, icon("down", 14), "New messages");
    this.status = el("div", { class: "status", role: "status" });
    this.node = el("div", { class: "timeline" }, this.scroller, this.fresh, this.status);
    this.scroller.addEventListener("scroll", () => {
      this.#stick = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 48;
      if (this.#stick) this.fresh.hidden = true;
    }, { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#keys(event));
    this.sizes = new ResizeObserver(() => this.#stick && this.toBottom());
    this.sizes.observe(this.list);
    this.sizes.observe(this.scroller);
  }

  get channel() {
    return this.#channel;
  }

  get thread() {
    return this.#thread;
  }

  /** The messages shown, oldest first. */
  get messages() {
    return this.#messages;
  }

  dispose() {
    this.sizes.disconnect();
    clearInterval(this.#statusTimer);
    this.#disposed = true;
  }

  toBottom(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.#stick = true;
    this.fresh.hidden = true;
  }

  /** Fetch and show. Calls while one is under way make one more fetch after it; the promise is for the last. */
  load() {
    this.#wanted += 1;
    this.#loading ??= this.#catchUp().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #catchUp() {
    for (let done = 0; done !== this.#wanted && !this.#disposed; ) {
      done = this.#wanted;
      await this.#fetch();
    }
  }

  async #fetch() {
    const heard = this.#heard;
    let found;
    try {
      found = await this.#ws.messages(this.#channel, this.#thread);
    } catch (error) {
      if (!this.#loaded) fill(this.list, el("p", { class: "empty" }, error.message));
      return;
    }
    // What is being sent may be in the answer already: wait to know which message it is, or it would stand there twice.
    await Promise.allSettled([...this.#sending]);
    if (this.#disposed) return;
    const known = new Set(this.#messages.map((message) => message.ts));
    this.#messages = found.messages.filter((message) => this.#thread || !message.thread_ts || message.thread_ts === message.ts || message.broadcast);
    this.#pending = this.#pending.filter((one) => !one.ts || !found.messages.some((message) => message.ts === one.ts));
    const news = this.#loaded && this.#messages.some((message) => !known.has(message.ts) && message.user !== this.#ws.viewer.id);
    this.show();
    // A status told while the answer was on its way is newer than the one in the answer.
    if (heard === this.#heard) this.setStatus((found.status ?? []).find((one) => this.#concerns(one)) ?? null);
    if (news && !this.#stick) this.fresh.hidden = false;
    if (this.#loaded) return;
    this.toBottom();
    this.#loaded = true;
    // Read out what comes from now on, not what stood there already.
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 500);
  }

  /** Lay out anew, keeping the nodes of unchanged messages (and so focus and scroll). */
  show() {
    const ctx = this.#ws;
    const rows = [];
    const kept = new Map();
    let last = null;
    let day = null;
    if (this.#intro) rows.push((this.introNode ??= this.#intro()));
    const take = (key, signature, make) => {
      const old = this.#nodes.get(key);
      const entry = old?.signature === signature ? old : { signature, node: make() };
      kept.set(key, entry);
      rows.push(entry.node);
    };
    const there = new Set(this.#messages.map((message) => message.ts));
    const all = [...this.#messages, ...this.#pending.filter((one) => !there.has(one.ts))];
    all.forEach((message, index) => {
      const at = momentOf(message.ts ?? ctx.now() / 1000);
      const key = dayKey(at, ctx.zone);
      if (key !== day) {
        const heading = dayHeading(at, ctx.zone, ctx.now());
        take(`day ${key}`, heading, () => el("div", { class: "day-line", role: "separator", "aria-label": heading }, el("span", {}, heading)));
        day = key;
        last = null;
      }
      const compact = Boolean(last && last.user === message.user && !message.blocks?.length && !last.blocks?.length && !message.ephemeral && !last.ephemeral && Number(message.ts ?? last.ts) - Number(last.ts) < GROUP_SECONDS && !(this.#thread && index === 1));
      if (message.waiting) {
        take(`waiting ${message.key}`, message.failed ?? "", () => this.#waiting(message));
      } else {
        take(`message ${message.ts}`, JSON.stringify([message, compact, dayKey(new Date(ctx.now()), ctx.zone), ctx.zone]), () =>
          messageNode(message, { ctx, act: this.#act, channel: this.#channel, compact, inThread: Boolean(this.#thread) }));
      }
      if (this.#thread && index === 0 && all.length > 1) {
        const count = `${all.length - 1} ${all.length === 2 ? "reply" : "replies"}`;
        take("replies", count, () => el("div", { class: "day-line start", role: "separator", "aria-label": count }, el("span", {}, count)));
      }
      last = message;
    });
    const held = this.#holdFocus();
    this.#nodes = kept;
    this.#place(rows);
    held();
    if (this.#stick) this.toBottom();
  }

  #place(rows) {
    const wanted = new Set(rows);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    rows.forEach((row, index) => {
      if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] ?? null);
    });
  }

  #holdFocus() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    const article = focused?.closest("article");
    const ts = article?.dataset.ts;
    if (!ts) return () => {};
    const name = (node) => node.getAttribute("aria-label") || node.textContent;
    const [at, called] = [focusables(article).indexOf(focused), name(focused)];
    return () => {
      if (focused.isConnected) return;
      const fresh = this.list.querySelector(`article[data-ts="${CSS.escape(ts)}"]`);
      const controls = fresh ? focusables(fresh) : [];
      const same = controls[at] && name(controls[at]) === called ? controls[at] : controls.find((node) => name(node) === called);
      (same ?? fresh)?.focus({ preventScroll: true });
    };
  }

  #waiting(message) {
    const ctx = this.#ws;
    return el("article", { class: `message sending${message.failed ? " failed" : ""}` }, el("div", { class: "gutter" }, avatar(ctx.viewer, 36)),
      el("div", { class: "message-main" }, el("div", { class: "message-head" }, el("span", { class: "author" }, ctx.viewer.real_name), el("span", { class: "stamp" }, message.failed ? "not sent" : "sending…")),
        el("div", { class: "message-body" }, el("p", { dir: "auto" }, message.plainText)),
        message.failed ? el("div", { class: "input-error" }, icon("error", 15), message.failed, el("button", { type: "button", class: "link-button", onclick: () => this.send(message.plainText, message) }, "Try again")) : null));
  }

  /** Say something; it stands there greyed until the workspace has it. */
  async send(text, again = null) {
    const entry = again ?? { key: crypto.randomUUID(), waiting: true, user: this.#ws.viewer.id, text: escape(text), plainText: text };
    entry.failed = null;
    if (!again) this.#pending.push(entry);
    this.show();
    this.toBottom();
    const sending = this.#ws.send(this.#channel, text, this.#thread).then(({ ts }) => {
      entry.ts = ts;
    });
    this.#sending.add(sending);
    try {
      await sending;
    } catch (error) {
      entry.failed = error.message;
      this.show();
      return;
    } finally {
      this.#sending.delete(sending);
    }
    await this.load();
  }

  /** A status belongs to its thread; where that is not open, to the conversation. */
  #concerns = (status) => (this.#thread ? status.thread_ts === this.#thread : !status.thread_ts || status.thread_ts !== this.#threadShown());

  /** The app's status changed: `{channel, thread_ts, status, loading_messages}`. */
  heard(status) {
    if (status.channel !== this.#channel || !this.#concerns(status)) return;
    this.#heard += 1;
    this.setStatus(status);
  }

  /** The working indicator above the composer: `{status, loading_messages}` or null. */
  setStatus(status) {
    clearInterval(this.#statusTimer);
    if (!status?.status) {
      fill(this.status);
      return;
    }
    const words = status.loading_messages?.length ? status.loading_messages : null;
    const name = this.#ws.bot.real_name ?? "Slotwise";
    const text = el("span", { dir: "auto" }, words ? words[0] : `${name} ${status.status}`);
    fill(this.status, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), text);
    let at = 0;
    if (words?.length > 1) this.#statusTimer = setInterval(() => {
      at = (at + 1) % words.length;
      text.textContent = words[at];
    }, 2500);
  }

  #keys(event) {
    const rows = [...this.list.querySelectorAll("article[data-ts]")];
    const here = document.activeElement.closest?.("article[data-ts]");
    const within = here && document.activeElement !== here;
    if (within && event.key === "Escape") {
      here.focus();
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    if (within || event.target.closest("input,textarea,select")) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const at = here ? rows.indexOf(here) + (event.key === "ArrowUp" ? -1 : 1) : rows.length - 1;
      if (rows[at]) {
        event.preventDefault();
        rows[at].focus();
        rows[at].scrollIntoView({ block: "nearest" });
      }
    } else if (here && event.key === "Enter") {
      event.preventDefault();
      here.querySelector(".message-body button, .message-body a, .message-body input")?.focus();
    } else if (here && event.key.toLowerCase() === "t" && !this.#thread && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#act.thread(here.dataset.ts);
      announce("Thread opened");
    }
  }
}
