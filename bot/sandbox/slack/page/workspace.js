// The workspace as one viewer sees it: people, channels, the clock, what the server tells, and what the viewer does.

import { toast } from "./popover.js";

const BASE = "/workspace";

/** A refusal of the server, with a sentence for the person. */
export class Refused extends Error {}

async function call(method, path, body) {
  let reply;
  try {
    reply = await fetch(`${BASE}${path}`, { method, cache: "no-store", ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }) });
  } catch {
    throw new Refused("The workspace does not answer. Is the program still running?");
  }
  const found = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Refused(typeof found.error === "string" ? found.error : `The workspace refused this (${reply.status}).`);
  return found;
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)).toString();

/**
 * Also the `ctx` that renderers take. Fires `state`, `messages` {channel, thread_ts}, `views`, `home`, `status` {...},
 * `prompts`, `reset`, `failure` {sentence}, `online` and `offline`.
 */
export class Workspace extends EventTarget {
  #offset = 0;
  #stream = null;

  users = new Map();
  channels = new Map();
  people = [];
  viewer = null;
  bot = null;
  dm = null;
  commands = [];
  prompts = { title: null, prompts: [] };
  openChannel = null;

  constructor() {
    super();
    document.addEventListener("visibilitychange", () => this.viewer && this.#follow());
    addEventListener("pagehide", () => this.#stream?.close());
    addEventListener("pageshow", (event) => event.persisted && this.viewer && this.#follow());
  }

  /** The workspace's present moment, in milliseconds since the epoch. */
  now = () => Date.now() + this.#offset;

  get zone() {
    return this.viewer?.tz ?? "UTC";
  }

  /** Become `name` (or the first person): load the directory and follow the stream. */
  async enter(name) {
    await this.refresh(name);
    this.#follow();
  }

  async refresh(name = this.viewer?.name ?? "ann") {
    const state = await call("GET", `/state?${query({ viewer: name })}`);
    this.#offset = Date.parse(state.now) - Date.now();
    this.people = state.users;
    this.bot = { ...state.bot, bot: true };
    this.users = new Map([...state.users, this.bot].map((user) => [user.id, user]));
    this.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
    this.viewer = this.users.get(state.viewer.id) ?? state.viewer;
    this.dm = state.dms?.[0] ?? null;
    this.commands = state.commands ?? [];
    this.prompts = state.prompts ?? { title: null, prompts: [] };
    this.#tell("state");
  }

  /** Ask for the workspace's clock again: somebody may have moved it. */
  async syncClock() {
    const { now } = await call("GET", "/clock");
    this.#offset = Date.parse(now) - Date.now();
  }

  /** `"support"`, `"#support"`, an id or `"slotwise"` (the DM) as an id; null if there is none. */
  channelId(reference) {
    const name = (reference ?? "").replace(/^[#@]/, "");
    if (this.dm && (name === this.dm.id || name === this.dm.name || name === this.bot.name)) return this.dm.id;
    return [...this.channels.values()].find((channel) => channel.id === name || channel.name === name)?.id ?? null;
  }

  /** The short name of a conversation for the address bar. */
  channelName(id) {
    return this.channels.get(id)?.name ?? this.bot?.name ?? "slotwise";
  }

  isDm = (id) => id === this.dm?.id;

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /**
   * Follow the stream while the page is seen. A browser opens six connections to one place at most, for all its tabs
   * together: a hidden page lets go of its own, and catches up when it is seen again.
   */
  #follow() {
    this.#stream?.close();
    this.#stream = null;
    if (document.hidden) return;
    const stream = new EventSource(`${BASE}/stream?${query({ viewer: this.viewer.name })}`);
    this.#stream = stream;
    let behind = true;
    const heard = (event) => {
      try {
        return JSON.parse(event.data);
      } catch {
        return {};
      }
    };
    stream.addEventListener("changed", async (event) => {
      const data = heard(event);
      if (data.what === "reset" || data.what === "state" || data.what === "prompts") await this.refresh().catch(() => {});
      if (data.what) this.#tell(data.what, data);
    });
    stream.addEventListener("status", (event) => this.#tell("status", heard(event)));
    stream.addEventListener("failure", (event) => this.#tell("failure", heard(event)));
    stream.onopen = async () => {
      this.#tell("online");
      if (!behind) return;
      behind = false;
      // What happened while nobody listened was not told.
      await this.refresh().catch(() => {});
      this.#tell("reset", { reconnected: true });
    };
    stream.onerror = () => {
      behind = true;
      this.#tell("offline");
      // The browser tries again by itself, except after an answer that is no stream.
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => stream === this.#stream && this.#follow(), 3000);
    };
  }

  messages = (channel, threadTs = null) => call("GET", `/messages?${query({ viewer: this.viewer.name, channel, thread_ts: threadTs })}`);
  views = () => call("GET", `/views?${query({ viewer: this.viewer.name })}`);
  options = (where, block, element, text) =>
    call("GET", `/options?${query({ viewer: this.viewer.name, ...where, block_id: block.block_id, action_id: element.action_id, query: text })}`);

  /** The ts (a number) of the app's newest message in somebody's DM, 0 if there is none. */
  async newestFromApp(user) {
    const { messages } = await call("GET", `/messages?${query({ viewer: user.name, channel: `@${this.bot.name}` })}`);
    return Math.max(0, ...messages.filter((message) => message.bot).map((message) => Number(message.ts)));
  }

  send = (channel, text, threadTs = null) => this.#act("/messages", { channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
  command = (channel, command, text) => this.#act("/commands", { channel, command, text });
  react = (channel, ts, name, remove = false) => this.#act("/reactions", { channel, ts, name, remove });
  look = (channel) => this.#act("/open", { channel });
  openHome = () => this.#act("/home", {});
  submit = (viewId, state) => this.#act("/views/submit", { view_id: viewId, values: {}, state });
  closeView = (viewId, all = false) => this.#act("/views/close", { view_id: viewId, ...(all ? { all } : {}) });

  #act(path, body) {
    return call("POST", path, { user: this.viewer.name, ...body });
  }

  setClock = (change) => call("POST", "/clock", change);
  reset = () => call("POST", "/reset", {});

  /**
   * Where blocks stand (`{channel, ts}` or `{view_id}`), as the renderers' `surface`. Failures become a note.
   */
  surface(where, state, extra = {}) {
    const place = (block, element) => ({ ...where, block_id: block.block_id, action_id: element.action_id });
    const attempt = async (path, body, quiet = false) => {
      try {
        return await this.#act(path, body);
      } catch (error) {
        if (!quiet) toast(error.message, { kind: "error" });
        return null;
      }
    };
    return {
      state,
      channel: where.channel ?? null,
      press: (block, element, value, { quiet = false } = {}) => attempt("/press", { ...place(block, element), ...(value === undefined ? {} : { value }) }, quiet),
      input: (block, element, value) => attempt("/views/input", { ...place(block, element), value }),
      options: (block, element, text) => this.options(where, block, element, text),
      ...extra,
    };
  }
}
