// The small dialog that asks before an action, as Block Kit's `confirm` describes it.

import { el } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

/** Ask; true when the person agrees. `dialog`: Block Kit's confirmation dialog. */
export function confirmed(dialog, ctx) {
  return new Promise((resolve) => {
    const node = el("dialog", { class: "confirm", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      el("form", { method: "dialog" },
        el("h2", { id: "confirm-title", dir: "auto" }, plain(dialog.title) || "Are you sure?"),
        el("div", { id: "confirm-text", class: "text" }, textObject(dialog.text, ctx)),
        el("div", { class: "dialog-buttons" },
          el("button", { class: "button", value: "no" }, plain(dialog.deny) || "Cancel"),
          el("button", { class: `button ${dialog.style === "danger" ? "danger solid" : "primary"}`, value: "yes", autofocus: true }, plain(dialog.confirm) || "Confirm"))));
    document.body.append(node);
    node.addEventListener("close", () => {
      node.remove();
      resolve(node.returnValue === "yes");
    });
    node.addEventListener("pointerdown", (event) => {
      if (event.target === node) node.close("no");
    });
    node.showModal();
  });
}
