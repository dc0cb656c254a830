// The page's icons: strokes on a 20 x 20 grid, drawn in the text's colour.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5V12h3v4.5",
  chat: "M3.5 5.5a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-3.5 3v-3a2 2 0 0 1-2-2z",
  thread: "M3.5 5h13M3.5 10h8M3.5 15h5M14 10.5v5m0 0 2.5-2.5M14 15.5 11.5 13",
  reply: "M8 4.5 3.5 9 8 13.5M3.5 9H11a5.5 5.5 0 0 1 5.5 5.5V16",
  send: "M3.5 10 16.5 4 11.5 16.5 9.5 11.5zM9.5 11.5 16.5 4",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4 6.5 10l6 6",
  down: "M5 7.5l5 5 5-5",
  right: "M7.5 5l5 5-5 5",
  left: "M12.5 5l-5 5 5 5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l3.5 3.5",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16.5 11.5A7 7 0 0 1 8.5 3.5a7 7 0 1 0 8 8z",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  calendar: "M4 5.5h12v11H4zM4 8.5h12M7 3.5v3M13 3.5v3",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.2l2.7 1.6",
  check: "M4 10.5l4 4 8-9",
  smile: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM7.5 8.3h.01M12.5 8.3h.01M7 11.7c1.6 2.2 4.4 2.2 6 0",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM13 7v4a2 2 0 0 0 4 0v-1a7 7 0 1 0-3 5.7",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9.5v4M10 6.5h.01",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3h.01",
  error: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.5v4.5M10 13.5h.01",
  success: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM6.8 10.3l2.3 2.3 4.2-4.8",
  circle: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
  bold: "M6.5 4h4.3a2.9 2.9 0 0 1 0 5.8H6.5zM6.5 9.8h5a3.1 3.1 0 0 1 0 6.2h-5z",
  italic: "M8.5 4h5M6.5 16h5M11 4 9 16",
  strike: "M3.5 10h13M13.5 6.5C13 4.9 11.8 4 10 4 8 4 6.5 5 6.5 6.8M6.3 13.3C6.7 15 8 16 10 16s3.6-1 3.6-2.8c0-.7-.2-1.2-.5-1.7",
  list: "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4.3 5.5h.01M4.3 10h.01M4.3 14.5h.01",
  ordered: "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.5 4.5h1v3M3.3 12.6c0-1.1 2-1.1 2 0 0 .9-2 1.3-2 2.4h2",
  code: "M7.5 6l-4 4 4 4M12.5 6l4 4-4 4",
  slash: "M5 3.5h10a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V5A1.5 1.5 0 0 1 5 3.5zM11.7 6.8 8.3 13.2",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1-1",
  play: "M6.5 4.5v11l9-5.5z",
  image: "M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M13 7.5h.01",
  file: "M5.5 3h6l3.5 3.5V17h-9.5zM11.5 3v3.5H15",
  trash: "M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 11h7.6l.7-11",
  up: "M7 17.5V8.8L10.3 3c1.2.2 1.9 1.1 1.6 2.4L11.3 8h4.2c1.1 0 1.8 1 1.5 2l-1.7 6c-.3.9-1 1.5-2 1.5zM7 9.5H3.5v8H7",
  thumbdown: "M13 2.5v8.7L9.7 17c-1.2-.2-1.9-1.1-1.6-2.4L8.7 12H4.5C3.4 12 2.7 11 3 10l1.7-6c.3-.9 1-1.5 2-1.5zM13 10.5h3.5v-8H13",
  reset: "M4 10a6 6 0 1 1 1.8 4.3M4 15.5v-3.8h3.8",
  people: "M7.5 4a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.5 16c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5M13 4.5a2.5 2.5 0 0 1 0 4.8M14.5 11.8c1.7.5 2.8 1.9 3 4.2",
};

/** An icon as an SVG element, hidden from screen readers (name the button instead). */
export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 20 20", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": name === "more" ? 2.2 : 1.5, "stroke-linecap": "round", "stroke-linejoin": "round",
    "aria-hidden": "true", focusable: "false", class: "icon",
  })) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.circle);
  svg.append(path);
  return svg;
}

/** The product's own mark: a clock face whose hands make a tick. */
export function mark(size = 36) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 36 36", width: size, height: size, "aria-hidden": "true", class: "mark" }))
    svg.setAttribute(key, value);
  const shape = (tag, attributes) => {
    const node = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  shape("rect", { width: 36, height: 36, rx: 9, class: "mark-ground" });
  shape("circle", { cx: 18, cy: 18, r: 10.5, fill: "none", class: "mark-ring", "stroke-width": 2.4, "stroke-dasharray": "52 14", "stroke-dashoffset": -5, "stroke-linecap": "round" });
  shape("path", { d: "M13.2 18.3l3.6 3.6 7.8-9", fill: "none", class: "mark-tick", "stroke-width": 2.8, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg;
}
