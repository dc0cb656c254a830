// Where one writes: Enter sends, Shift+Enter breaks the line, @ / : complete, the up arrow brings back what was said.

import { completions } from "./complete.js";
import { el, fill, uid } from "./dom.js";
import { icon } from "./icons.js";
import { pickEmoji } from "./message.js";
import { toast } from "./popover.js";

const drafts = new Map();
const sent = [];

/** A composer. `send(text)` is given what was written; `placeholder` names the conversation. */
export class Composer {
  #ws;
  #key;
  #threaded;
  #send;
  #found = null;
  #active = 0;
  #recall = null;

  constructor(ws, { key, placeholder, threaded = false, send }) {
    this.#ws = ws;
    this.#key = key;
    this.#threaded = threaded;
    this.#send = send;
    const listId = uid("complete");
    this.field = el("textarea", {
      rows: 1, class: "composer-field", dir: "auto", placeholder, "aria-label": placeholder, autocomplete: "off", enterkeyhint: "send",
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, value: drafts.get(key) ?? "", maxlength: 12000,
    });
    this.list = el("div", { id: listId, class: "complete", role: "listbox", "aria-label": "Suggestions", hidden: true });
    this.button = el("button", { type: "button", class: "send", "aria-label": "Send", title: "Send (Enter)", onclick: () => this.#submit() }, icon("send", 18));
    this.hint = el("span", { class: "composer-hint" });
    const insert = (name, label, text) => el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: () => this.insert(text) }, icon(name, 17));
    this.node = el("div", { class: "composer" }, this.list,
      el("div", { class: "composer-box" }, this.field, el("div", { class: "composer-row" },
        insert("at", "Mention somebody", "@"),
        el("button", { type: "button", class: "icon-button", "aria-label": "Emoji", title: "Emoji", onclick: (event) => pickEmoji(event.currentTarget, (name) => this.insert(`:${name}: `), { above: true }) }, icon("smile", 17)),
        threaded ? null : insert("slash", "Commands", "/"), this.hint, this.button)));
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#keys(event));
    this.field.addEventListener("click", () => this.#complete());
    this.field.addEventListener("blur", () => setTimeout(() => this.#close(), 120));
    this.#changed(false);
  }

  focus() {
    this.field.focus({ preventScroll: true });
    this.field.selectionStart = this.field.value.length;
  }

  /** Put `text` at the caret (a "/" only where it makes a command). */
  insert(text) {
    if (text === "/") this.field.value = this.field.value.startsWith("/") ? this.field.value : `/${this.field.value}`;
    else {
      const from = this.field.selectionStart;
      const space = text === "@" && from > 0 && !/\s/.test(this.field.value[from - 1]) ? " " : "";
      this.field.setRangeText(space + text, from, this.field.selectionEnd, "end");
    }
    this.field.focus();
    if (text === "/") this.field.selectionStart = this.field.selectionEnd = 1;
    this.#changed();
  }

  /** Replace what is written. */
  set(text) {
    this.field.value = text;
    this.#changed(false);
    this.focus();
  }

  #changed(complete = true) {
    drafts.set(this.#key, this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, innerHeight * 0.35)}px`;
    const empty = !this.field.value.trim();
    this.button.disabled = empty;
    this.node.classList.toggle("has-text", !empty);
    this.hint.textContent = empty ? "" : "Shift + Enter for a new line";
    if (complete) this.#complete();
  }

  #complete() {
    const caret = this.field.selectionStart;
    this.#found = caret === this.field.selectionEnd ? completions(this.field.value, caret, this.#ws, { threaded: this.#threaded }) : null;
    this.#active = 0;
    this.#showList();
  }

  #showList() {
    this.list.hidden = !this.#found;
    this.field.setAttribute("aria-expanded", String(Boolean(this.#found)));
    if (!this.#found) {
      this.field.removeAttribute("aria-activedescendant");
      fill(this.list);
      return;
    }
    fill(this.list, this.#found.items.map((item, index) => el("div", {
      id: uid("suggestion"), role: "option", class: `suggestion${index === this.#active ? " active" : ""}`, "aria-selected": String(index === this.#active),
      onpointerdown: (event) => {
        event.preventDefault();
        this.#take(item);
      },
    }, item.glyph, el("span", { class: "suggestion-label", dir: "auto" }, item.label), item.hint ? el("span", { class: "suggestion-hint" }, item.hint) : null, el("span", { class: "suggestion-detail" }, item.detail))));
    this.field.setAttribute("aria-activedescendant", this.list.children[this.#active].id);
  }

  #close() {
    this.#found = null;
    this.#showList();
  }

  #take(item) {
    this.field.setRangeText(item.insert, this.#found.from, this.field.selectionStart, "end");
    this.#close();
    this.#changed(false);
    this.field.focus();
  }

  #keys(event) {
    if (event.isComposing) return;
    if (this.#found) {
      const count = this.#found.items.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
        this.#showList();
        return;
      }
      const whole = this.field.value.slice(this.#found.from, this.field.selectionStart) === this.#found.items[this.#active].insert.trim();
      if (event.key === "Tab" || (event.key === "Enter" && !whole)) {
        event.preventDefault();
        this.#take(this.#found.items[this.#active]);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.#close();
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && (!this.field.value || this.#recall !== null)) this.#bring(event, 1);
    else if (event.key === "ArrowDown" && this.#recall !== null) this.#bring(event, -1);
  }

  #bring(event, step) {
    const mine = sent.filter((one) => one.who === this.#ws.viewer.id);
    const next = (this.#recall ?? 0) + step;
    if (next > mine.length || (!mine.length && step > 0)) return;
    event.preventDefault();
    this.#recall = next < 1 ? null : next;
    this.field.value = this.#recall ? mine.at(-this.#recall).text : "";
    this.#changed(false);
  }

  async #submit() {
    const text = this.field.value.replace(/\s+$/, "");
    if (!text.trim()) return;
    const command = /^\/([\w-]+)(?:\s+([\s\S]*))?$/.exec(text);
    if (command) {
      const name = `/${command[1].toLowerCase()}`;
      if (this.#threaded) return toast("Commands do not work in threads. Write it in the conversation itself.", { kind: "error" });
      if (!this.#ws.commands.some((one) => one.command === name)) return toast(`There is no command ${name}. Try ${this.#ws.commands.map((one) => one.command).join(", ")}.`, { kind: "error" });
    }
    sent.push({ who: this.#ws.viewer.id, text });
    this.#recall = null;
    this.field.value = "";
    this.#close();
    this.#changed(false);
    try {
      await this.#send(text, command ? { command: `/${command[1].toLowerCase()}`, text: command[2] ?? "" } : null);
    } catch (error) {
      toast(error.message, { kind: "error" });
      if (!this.field.value) this.set(text);
    }
  }
}
