// The side: where one can go, whose eyes one sees with, and the workspace's clock.

import { avatar } from "./avatar.js";
import { cityOf, timeOf, zoneName } from "./dates.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./popover.js";
import { onTheme, theme, toggleTheme } from "./theme.js";

/** The sidebar. `go(route)` navigates; `actions`: `{search(), become(name), demo(anchor)}`. */
export class Sidebar {
  #ws;
  #go;
  #actions;
  unread = new Set();
  waiting = new Set();

  constructor(ws, go, actions) {
    this.#ws = ws;
    this.#go = go;
    this.#actions = actions;
    this.rooms = el("nav", { class: "rooms", "aria-label": "Conversations" });
    this.themeButton = el("button", { type: "button", class: "icon-button", onclick: toggleTheme });
    this.me = el("button", { type: "button", class: "me", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.choosePerson() });
    this.node = el("aside", { class: "sidebar", "aria-label": "Workspace" },
      el("div", { class: "sidebar-head" }, el("span", { class: "workspace-name" }, "Slotwise demo"),
        el("button", { type: "button", class: "icon-button", "aria-label": "Workspace menu: clock and reset", title: "Clock and reset", "aria-haspopup": "menu", onclick: (event) => actions.demo(event.currentTarget) }, icon("clock")),
        this.themeButton),
      el("button", { type: "button", class: "jump", onclick: actions.search }, icon("search", 16), el("span", {}, "Jump to…"), el("kbd", {}, /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ K" : "Ctrl K")),
      this.rooms, this.me);
    onTheme(() => this.#showTheme());
    this.#showTheme();
  }

  #showTheme() {
    const dark = theme() === "dark";
    this.themeButton.setAttribute("aria-label", dark ? "Use light colours" : "Use dark colours");
    this.themeButton.title = dark ? "Light" : "Dark";
    fill(this.themeButton, icon(dark ? "sun" : "moon"));
  }

  show(route) {
    const ws = this.#ws;
    const here = (channel, tab) => channel === route.channel && (tab ?? "messages") === (route.tab ?? "messages");
    const row = (channel, glyph, label, extra = {}) => {
      const current = here(channel, extra.tab);
      const fresh = !extra.tab && this.unread.has(channel) && !current;
      return el("button", { type: "button", class: `room${current ? " current" : ""}${fresh ? " unread" : ""}${extra.sub ? " sub" : ""}`, "aria-current": current ? "page" : null,
        "data-room": extra.tab ? `${ws.channelName(channel)}/${extra.tab}` : ws.channelName(channel), onclick: () => this.#go({ channel, tab: extra.tab ?? null, thread: null }) },
      glyph, el("span", { class: "room-name", dir: "auto" }, label), fresh ? el("span", { class: "dot", role: "img", "aria-label": "unread" }) : null);
    };
    fill(this.rooms,
      el("div", { class: "rooms-title", id: "rooms-channels" }, "Channels"),
      [...ws.channels.values()].map((channel) => row(channel.id, icon("hash", 17), channel.name)),
      ws.dm ? [
        el("div", { class: "rooms-title" }, "Apps"),
        row(ws.dm.id, avatar(ws.bot, 20), ws.bot.real_name ?? "Slotwise"),
        row(ws.dm.id, icon("home", 16), "Home", { tab: "home", sub: true }),
      ] : null,
      el("div", { class: "rooms-title" }, "People"),
      ws.people.map((user) => el("button", { type: "button", class: `room person${user.id === ws.viewer.id ? " self" : ""}`, "data-person": user.name, title: user.id === ws.viewer.id ? `You are ${user.real_name}` : `See the workspace as ${user.real_name}${this.waiting.has(user.id) ? " (has a new message)" : ""}`,
        "aria-label": user.id === ws.viewer.id ? `${user.real_name}, you, ${timeOf(ws.now(), user.tz)}` : `Become ${user.real_name}, ${cityOf(user.tz)}, ${timeOf(ws.now(), user.tz)}${this.waiting.has(user.id) ? ", has a new message" : ""}`, onclick: () => this.#actions.become(user.name) },
      avatar(user, 20), el("span", { class: "room-name", dir: "auto" }, user.real_name, user.id === ws.viewer.id ? el("span", { class: "you" }, "you") : null),
      this.waiting.has(user.id) ? el("span", { class: "dot", role: "img", "aria-label": "has a new message from the app" }) : null, el("span", { class: "local" }, timeOf(ws.now(), user.tz)))));
    const viewer = ws.viewer;
    fill(this.me, avatar(viewer, 34), el("span", { class: "me-text" }, el("span", { class: "me-name", dir: "auto" }, viewer.real_name),
      el("span", { class: "me-zone" }, `${cityOf(viewer.tz)} · ${timeOf(ws.now(), viewer.tz)}`)), el("span", { class: "me-switch" }, "Switch"));
    this.me.setAttribute("aria-label", `You are ${viewer.real_name}, ${cityOf(viewer.tz)}, ${timeOf(ws.now(), viewer.tz)}. Switch person`);
  }

  choosePerson() {
    const ws = this.#ws;
    menu(this.me, ws.people.map((user) => ({
      label: user.real_name, description: `${cityOf(user.tz)} · ${timeOf(ws.now(), user.tz)} ${zoneName(ws.now(), user.tz)}`, icon: avatar(user, 28), checked: user.id === ws.viewer.id, run: () => this.#actions.become(user.name),
    })), { label: "See the workspace as", align: "start", above: true, className: "people-menu", header: el("div", { class: "menu-header" }, "See the workspace as") });
  }
}
