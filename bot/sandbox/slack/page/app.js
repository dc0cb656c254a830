// The page: sidebar, conversation, thread, modals; wires the workspace's news to what is shown.

import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { demoMenu } from "./demo.js";
import { fullOf, slackDate, timeOf } from "./dates.js";
import { announce, el, fill } from "./dom.js";
import { HomeTab } from "./home.js";
import { icon } from "./icons.js";
import { intro } from "./intro.js";
import { Modals } from "./modal.js";
import { Others } from "./others.js";
import { popoverOpen, toast } from "./popover.js";
import { readRoute, routeHash } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { openSwitcher } from "./switcher.js";
import { theme, toggleTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { Workspace } from "./workspace.js";

const ws = new Workspace();
const modals = new Modals(ws);
const root = document.getElementById("app");
let route = { channel: null, tab: null, thread: null };
let main = null;
let side = null;
let home = null;
let composer = null;
let threadComposer = null;

const header = el("header", { class: "main-head" });
const offline = el("div", { class: "offline", role: "status", hidden: true }, icon("warning", 15), "Connection lost. Trying again…");
const stage = el("div", { id: "stage", class: "stage" });
const panel = el("aside", { class: "panel", "aria-label": "Thread", hidden: true });
const scrim = el("div", { class: "scrim", onclick: () => showSidebar(false) });
const sidebar = new Sidebar(ws, go, { search: jump, become, demo: (anchor) => demoMenu(anchor, ws) });
fill(root, sidebar.node, scrim, el("main", { class: "main" }, header, offline, stage), panel);

const lastViewer = () => {
  try {
    return localStorage.getItem("slotwise-viewer") ?? "ann";
  } catch {
    return "ann";
  }
};
const others = new Others(ws, () => {
  sidebar.waiting = others.waiting;
  sidebar.show(route);
});
const narrow = () => matchMedia("(max-width: 760px)").matches;

function showSidebar(open) {
  root.classList.toggle("sidebar-open", open);
  sidebar.node.inert = narrow() && !open;
  scrim.hidden = !open;
  if (open) sidebar.node.querySelector(".room.current")?.focus();
}

function go(next, { replace = false } = {}) {
  const target = { ...route, ...next };
  const hash = routeHash({ viewer: ws.viewer.name, channel: ws.channelName(target.channel), tab: target.tab, thread: target.thread });
  showSidebar(false);
  if (location.hash === hash) {
    composer?.focus();
    return;
  }
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  apply();
}

async function become(name) {
  if (name === ws.viewer.name) return showSidebar(false);
  const shared = ws.channels.has(route.channel);
  history.pushState(null, "", routeHash({ viewer: name, channel: shared ? ws.channelName(route.channel) : "slotwise", tab: shared ? null : route.tab, thread: null }));
  showSidebar(false);
  await apply();
  announce(`You are ${ws.viewer.real_name} now, ${ws.zone}`);
}

function jump() {
  openSwitcher(ws, { go, become, extras: [
    { label: theme() === "dark" ? "Use light colours" : "Use dark colours", detail: "Appearance", words: "theme", glyph: icon(theme() === "dark" ? "sun" : "moon"), run: toggleTheme },
    { label: "Clock and reset", detail: "Demo", words: "time advance restart", glyph: icon("clock"), run: () => demoMenu(sidebar.node.querySelector(".sidebar-head button"), ws) },
  ] });
}

function tabs() {
  const tab = (name, label) => el("button", { type: "button", class: "tab", role: "tab", "aria-controls": "stage", "aria-selected": String((route.tab ?? "messages") === name), tabindex: (route.tab ?? "messages") === name ? "0" : "-1",
    "data-tab": name, onclick: () => go({ tab: name === "home" ? "home" : null, thread: null }) }, label);
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": "Slotwise" }, tab("messages", "Messages"), tab("home", "Home"));
  list.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    go({ tab: route.tab === "home" ? null : "home", thread: null });
    document.querySelector(`.tab[aria-selected="true"]`)?.focus();
  });
  return list;
}

const clockText = () => `${slackDate(ws.now() / 1000, "{date_short}", ws.zone, ws.now())}, ${timeOf(ws.now(), ws.zone)}`;

function showHeader() {
  const dm = ws.isDm(route.channel);
  const channel = ws.channels.get(route.channel);
  fill(header,
    el("button", { type: "button", class: "icon-button menu-button", "aria-label": "Conversations and people", onclick: () => showSidebar(!root.classList.contains("sidebar-open")) }, icon("menu")),
    dm ? avatar(ws.bot, 28) : el("span", { class: "head-sign" }, icon("hash", 20)),
    el("div", { class: "head-text" }, el("h1", { dir: "auto" }, dm ? ws.bot.real_name ?? "Slotwise" : channel?.name ?? ""), !dm && channel?.topic ? el("span", { class: "topic", dir: "auto" }, channel.topic) : null),
    dm ? tabs() : null,
    el("time", { class: "head-clock", title: `${fullOf(ws.now(), ws.zone)}, the workspace's clock` }, clockText()));
  showTitle();
}

function showTitle() {
  const place = ws.isDm(route.channel) ? ws.bot.real_name ?? "Slotwise" : `#${ws.channelName(route.channel)}`;
  document.title = `${sidebar.unread.size ? `(${sidebar.unread.size}) ` : ""}${place} · ${ws.viewer.real_name} · Slotwise demo`;
}

function showConversation() {
  const channel = route.channel;
  main?.dispose();
  home = null;
  main = new Timeline(ws, { channel, intro: () => intro(ws, channel, (text) => main.send(text)), openThread: (ts) => go({ thread: ts }), threadShown: () => side?.thread });
  composer = new Composer(ws, {
    key: `${ws.viewer.id} ${channel}`,
    placeholder: ws.isDm(channel) ? `Message ${ws.bot.real_name ?? "Slotwise"}` : `Message #${ws.channelName(channel)}`,
    send: (text, command) => (command ? ws.command(channel, command.command, command.text) : main.send(text)),
  });
  fill(stage, main.node, composer.node);
  const shown = main;
  ws.look(channel).catch(() => {}).finally(() => shown === main && main.load());
  main.load();
}

function showHome() {
  main?.dispose();
  main = null;
  composer = null;
  home = new HomeTab(ws);
  fill(stage, home.node);
  home.enter();
}

function showThread() {
  side?.dispose();
  side = null;
  threadComposer = null;
  root.classList.toggle("with-thread", Boolean(route.thread));
  panel.hidden = !route.thread;
  if (!route.thread) return fill(panel);
  side = new Timeline(ws, { channel: route.channel, thread: route.thread });
  const shown = side;
  threadComposer = new Composer(ws, { key: `${ws.viewer.id} ${route.channel} ${route.thread}`, placeholder: "Reply…", threaded: true, send: (text) => shown.send(text) });
  fill(panel, el("header", { class: "panel-head" }, el("h2", {}, "Thread"), el("span", { class: "topic" }, ws.isDm(route.channel) ? ws.bot.real_name : `#${ws.channelName(route.channel)}`),
    el("button", { type: "button", class: "icon-button", "aria-label": "Close thread", onclick: () => go({ thread: null }) }, icon("close"))), side.node, threadComposer.node);
  side.load();
  threadComposer.focus();
  return undefined;
}

let moves = 0;

/** Show the place that the address names; of two moves at once the later one wins. */
async function apply() {
  const mine = (moves += 1);
  const wanted = readRoute();
  const name = wanted.viewer ?? ws.viewer?.name ?? "ann";
  const changed = ws.viewer?.name !== name;
  if (changed) {
    try {
      await ws.enter(name);
    } catch (error) {
      if (name !== "ann" && !ws.viewer) {
        history.replaceState(null, "", "#/ann");
        return apply();
      }
      fill(stage, el("p", { class: "empty" }, error.message));
      return undefined;
    }
    if (mine !== moves) return undefined;
    sidebar.unread.clear();
    try {
      localStorage.setItem("slotwise-viewer", name);
    } catch {
      // Storage may be switched off: permalinks then open as the first person.
    }
  }
  const next = { channel: ws.channelId(wanted.channel) ?? ws.dm?.id ?? [...ws.channels.keys()][0], tab: wanted.tab, thread: wanted.thread };
  if (!ws.isDm(next.channel)) next.tab = null;
  const moved = changed || next.channel !== route.channel || next.tab !== route.tab;
  const threaded = moved || next.thread !== route.thread;
  route = next;
  sidebar.unread.delete(route.channel);
  sidebar.show(route);
  showHeader();
  if (moved) {
    if (route.tab === "home") showHome();
    else showConversation();
  }
  if (threaded) showThread();
  if (moved && !route.thread && !narrow()) composer?.focus();
  if (changed) others.soon();
  if (changed) await modals.update();
  else if (threaded && !route.thread && !narrow()) composer?.focus();
  return undefined;
}

ws.openChannel = (id) => go({ channel: id, tab: null, thread: null });

ws.addEventListener("messages", ({ detail }) => {
  others.soon();
  if (!detail.channel || detail.channel === main?.channel) main?.load();
  else if (!sidebar.unread.has(detail.channel)) {
    sidebar.unread.add(detail.channel);
    sidebar.show(route);
    showTitle();
  }
  if (side && (!detail.channel || detail.channel === side.channel)) side.load();
});
ws.addEventListener("status", ({ detail }) => {
  main?.heard(detail);
  side?.heard(detail);
});
ws.addEventListener("views", () => modals.update());
ws.addEventListener("home", () => home?.update());
ws.addEventListener("prompts", () => main?.load());
ws.addEventListener("state", () => {
  sidebar.show(route);
  if (ws.viewer && route.channel) showHeader();
  // The clock may have moved to another day.
  main?.show();
  side?.show();
});
ws.addEventListener("reset", ({ detail }) => {
  if (!detail.reconnected) {
    sidebar.unread.clear();
    others.clear();
    if (route.thread) go({ thread: null }, { replace: true });
    if (route.channel && route.tab !== "home") showConversation();
  }
  main?.load();
  side?.load();
  if (home) home.enter();
  modals.update();
});
ws.addEventListener("failure", ({ detail }) => toast(detail.sentence ?? "The app did not answer.", { kind: "error" }));
ws.addEventListener("offline", () => (offline.hidden = false));
ws.addEventListener("online", () => (offline.hidden = true));

/** A permalink's channel and ts (`/slack/permalinks/C1/p1764…`, `/?channel=C1&ts=1764…`), or null. */
function permalink(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return null;
  const path = /^\/slack\/permalinks\/(\w+)\/p(\d{7,})$/.exec(url.pathname);
  if (path) return { channel: path[1], thread: url.searchParams.get("thread_ts") ?? `${path[2].slice(0, -6)}.${path[2].slice(-6)}` };
  const [channel, ts] = [url.searchParams.get("channel"), url.searchParams.get("ts")];
  return url.pathname === "/" && channel ? { channel, thread: ts } : null;
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  (composer?.field ?? stage.querySelector("[tabindex]"))?.focus();
});
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href]");
  const place = anchor && !event.ctrlKey && !event.metaKey && permalink(anchor.href);
  if (!place || !ws.channelId(place.channel)) return;
  event.preventDefault();
  go({ channel: ws.channelId(place.channel), tab: null, thread: place.thread });
});
const arrived = permalink(location.href);
if (arrived) history.replaceState(null, "", `/${routeHash({ viewer: new URLSearchParams(location.search).get("viewer") ?? lastViewer(), channel: arrived.channel, tab: null, thread: arrived.thread })}`);

addEventListener("popstate", apply);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !modals.open) {
    event.preventDefault();
    jump();
  } else if (event.key === "Escape" && !popoverOpen() && !document.querySelector("dialog[open]") && !event.defaultPrevented) {
    if (root.classList.contains("sidebar-open")) {
      showSidebar(false);
      header.querySelector(".menu-button")?.focus();
    } else if (route.thread) go({ thread: null });
    else composer?.focus();
  } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement === document.body && !modals.open) {
    composer?.focus();
  }
});
matchMedia("(max-width: 760px)").addEventListener("change", () => showSidebar(false));
let ticks = 0;
setInterval(async () => {
  if (!ws.viewer || document.hidden) return;
  ticks += 1;
  if (ticks % 6 === 0) {
    others.soon();
    await ws.syncClock().catch(() => {});
  }
  const clock = header.querySelector(".head-clock");
  if (!clock || clock.textContent === clockText()) return;
  clock.textContent = clockText();
  if (!popoverOpen() && !sidebar.node.contains(document.activeElement)) sidebar.show(route);
}, 5000);

showSidebar(false);
apply();
