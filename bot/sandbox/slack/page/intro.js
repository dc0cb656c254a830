// What stands above the first message: what this place is, and what one could say.

import { avatar } from "./avatar.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/** The intro of a conversation; in the app's DM with its suggested prompts, which `send(text)` says. */
export function intro(ws, channel, send) {
  if (!ws.isDm(channel)) {
    const room = ws.channels.get(channel);
    return el("div", { class: "intro" }, el("span", { class: "intro-sign" }, icon("hash", 30)), el("h2", { dir: "auto" }, `#${room?.name ?? ""}`),
      el("p", {}, room?.topic ? `${room.topic}. ` : "", "Everybody is in here, and so is the app: mention ", el("strong", {}, `@${ws.bot.name}`), " to ask it."));
  }
  const prompts = el("div", { class: "prompts" });
  const show = () => fill(prompts,
    ws.prompts.prompts?.length ? el("div", { class: "prompts-title", dir: "auto" }, ws.prompts.title || "Try one of these") : null,
    (ws.prompts.prompts ?? []).map((prompt) => el("button", { type: "button", class: "prompt", onclick: () => send(prompt.message) },
      el("span", { class: "prompt-title", dir: "auto" }, prompt.title), prompt.message !== prompt.title ? el("span", { class: "prompt-message", dir: "auto" }, prompt.message) : null)));
  show();
  const follow = () => (prompts.isConnected ? show() : ws.removeEventListener("state", follow));
  ws.addEventListener("state", follow);
  return el("div", { class: "intro" }, avatar(ws.bot, 56), el("h2", {}, ws.bot.real_name ?? "Slotwise"),
    el("p", {}, "Say in your own words whom you want to meet and when. Nothing is booked before you press Confirm."), prompts);
}
