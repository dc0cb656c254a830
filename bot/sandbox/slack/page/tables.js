// table and data_table blocks.

import { el, fill } from "./dom.js";
import { richText } from "./richtext.js";

const cell = (item, ctx) => (item?.type === "rich_text" ? richText(item, ctx) : String(item?.text ?? ""));

/** A table block: the first row is the head; long tables scroll sideways on their own. */
export function table(block, ctx) {
  const rows = block.rows ?? [];
  const row = (items, tag) => el("tr", {}, items.map((item, at) => {
    const setting = block.column_settings?.[at] ?? {};
    const align = setting.align ?? (item?.type === "raw_number" ? "right" : "left");
    return el(tag, { class: `align-${align}${setting.is_wrapped ? " wrap" : ""}`, scope: tag === "th" ? "col" : null, dir: "auto" }, cell(item, ctx));
  }));
  return el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    el("table", {}, rows.length ? el("thead", {}, row(rows[0], "th")) : null, el("tbody", {}, rows.slice(1).map((items) => row(items, "td")))));
}

/** A data_table block: caption, sorting by a column's head, pages. */
export function dataTable(block, ctx) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = Math.max(1, block.page_size ?? 10);
  const root = el("div", { class: "data-table" });
  let page = 0;
  let sorted = null;
  let down = false;
  const worth = (item) => (item?.type === "raw_number" ? item.value : String(item?.text ?? ""));
  const show = () => {
    const order = sorted === null ? rows : [...rows].sort((one, two) => {
      const [a, b] = [worth(one[sorted]), worth(two[sorted])];
      const less = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
      return down ? -less : less;
    });
    const pages = Math.max(1, Math.ceil(order.length / size));
    page = Math.min(page, pages - 1);
    fill(root, el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": block.caption },
      el("table", {}, el("caption", { dir: "auto" }, block.caption),
        el("thead", {}, el("tr", {}, head.map((item, at) => el("th", { scope: "col", "aria-sort": sorted === at ? (down ? "descending" : "ascending") : null },
          el("button", { type: "button", class: "sort", onclick: () => {
            down = sorted === at ? !down : false;
            sorted = at;
            show();
          } }, cell(item, ctx), sorted === at ? (down ? " ↓" : " ↑") : null))))),
        el("tbody", {}, order.slice(page * size, page * size + size).map((items) => el("tr", {}, items.map((item, at) =>
          el(at === (block.row_header_column_index ?? 0) ? "th" : "td", { scope: at === (block.row_header_column_index ?? 0) ? "row" : null, class: item?.type === "raw_number" ? "align-right" : null, dir: "auto" }, cell(item, ctx)))))))),
    pages > 1 ? el("div", { class: "pages" },
      el("button", { type: "button", class: "button small", disabled: page === 0, onclick: () => turn(-1) }, "Previous"), el("span", {}, `${page + 1} of ${pages}`),
      el("button", { type: "button", class: "button small", disabled: page === pages - 1, onclick: () => turn(1) }, "Next")) : null);
  };
  const turn = (by) => {
    page += by;
    show();
  };
  show();
  return root;
}
