// Where the viewer is, kept in the address: #/ann/slotwise, #/ann/slotwise/home, #/ann/support/t/1764000000.000100

/** `{viewer, channel, tab, thread}` (names, not ids) of the address; missing parts are null. */
export function readRoute(hash = location.hash) {
  const parts = hash.replace(/^#\/?/, "").split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const [viewer, channel, kind, thread] = parts;
  return { viewer: viewer || null, channel: channel || null, tab: kind === "home" ? "home" : null, thread: kind === "t" && /^\d+\.\d+$/.test(thread ?? "") ? thread : null };
}

/** The address of a place. */
export function routeHash({ viewer, channel, tab, thread }) {
  return `#/${encodeURIComponent(viewer)}/${encodeURIComponent(channel)}${tab ? `/${tab}` : thread ? `/t/${thread}` : ""}`;
}
