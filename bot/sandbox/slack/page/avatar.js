// Faces: a person's initials on their own colour, the app's mark, a channel's sign.

import { el } from "./dom.js";
import { icon, mark } from "./icons.js";

/** A user's picture, `size` in pixels. Decorative: the name stands beside it. */
export function avatar(user, size = 36) {
  const face = el("span", { class: "avatar", "aria-hidden": "true" });
  face.style.setProperty("--size", `${size}px`);
  if (user?.bot) {
    face.append(mark(size));
    face.classList.add("avatar-app");
    return face;
  }
  const name = user?.real_name ?? user?.name ?? "?";
  const letters = name.split(/\s+/).filter(Boolean);
  face.textContent = (letters.length > 1 ? letters[0][0] + letters.at(-1)[0] : name.slice(0, 1)).toUpperCase();
  if (/^#[0-9a-f]{3,8}$/i.test(user?.colour ?? "")) face.style.backgroundColor = user.colour;
  return face;
}

/** A channel's sign, the same size as a face. */
export const channelSign = (size = 18) => icon("hash", size);
