// The demo's own switches: the workspace's clock, and starting over.

import { fullOf } from "./dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { confirmed } from "./confirm.js";
import { menu, toast } from "./popover.js";

/** The menu at `anchor`. */
export function demoMenu(anchor, ws) {
  const advance = (seconds, words) => ({
    label: `Advance the clock by ${words}`, icon: icon("clock"),
    run: () => ws.setClock({ advance_seconds: seconds }).then(() => ws.refresh()).then(() => toast(`It is now ${fullOf(ws.now(), ws.zone)}`)).catch((error) => toast(error.message, { kind: "error" })),
  });
  const reset = async () => {
    const sure = await confirmed({ title: { type: "plain_text", text: "Start over?" }, text: { type: "plain_text", text: "All messages and the bookings made here go away; the seeded people and meetings come back." },
      confirm: { type: "plain_text", text: "Start over" }, deny: { type: "plain_text", text: "Keep everything" }, style: "danger" }, ws);
    if (sure) await ws.reset().then(() => toast("Everything is as at the start", { kind: "success" })).catch((error) => toast(error.message, { kind: "error" }));
  };
  menu(anchor, [advance(900, "15 minutes"), advance(3600, "1 hour"), advance(86_400, "1 day"), "-", { label: "Start over", description: "Messages and bookings back to the seed", icon: icon("reset"), danger: true, run: reset }],
    { label: "Clock and reset", align: "start", header: el("div", { class: "menu-header" }, fullOf(ws.now(), ws.zone)) });
}
