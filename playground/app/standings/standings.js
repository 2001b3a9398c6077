const element = (kind, rest = {}, ...children) => {
  const made = Object.assign(document.createElement(kind), rest);
  made.append(...children);
  return made;
};

function button(textContent, label, onclick) {
  const made = element("button", { type: "button", textContent, title: label, onclick });
  made.setAttribute("aria-label", label);
  return made;
}

/** A name that can be changed in its place. */
function field(id, name, tell) {
  const input = element("input", { type: "text", value: name, size: Math.min(Math.max(name.length, 6), 24), maxLength: 60, title: "Type another name" });
  input.setAttribute("aria-label", `Name of ${name}`);
  input.onchange = () => tell("rename", { id, name: input.value });
  input.onkeydown = ({ key }) => {
    if (key === "Enter") input.blur();
    if (key === "Escape") input.value = name;
  };
  return input;
}

function rowOf({ id, name, line }, cells, tell) {
  const pinned = id !== null;
  const head = element("th", { scope: "row", className: "name" }, pinned ? field(id, name, tell) : name);
  const picture = element("td", { className: "line" }, element("img", { src: line, alt: "", draggable: false }));
  const show = element("td", {}, ...(pinned ? [button("Show", `Show ${name}`, () => tell("show", { id }))] : []));
  const remove = element("td", {}, ...(pinned ? [button("×", `Remove ${name}`, () => tell("remove", { id }))] : []));
  return element("tr", {}, picture, head, show, ...cells, remove);
}

function tableOf(rows, columns, tell) {
  const title = (textContent, className = "") => element("th", { scope: "col", textContent, className });
  const titles = columns.map(({ title: text, cells }) => title(text, cells[0].className));
  const head = element("tr", {}, element("td", { className: "line" }), title("Run", "name"), element("td"), ...titles, element("td"));
  const bodies = rows.map((row, i) => rowOf(row, columns.map(({ cells }) => cells[i]), tell));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...bodies));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".standings");
  const { rows, settings, results, version } = data;
  const columns = [...settings.map((column) => ({ ...column, kind: "" })), ...results.map((column) => ({ ...column, kind: "number" }))];
  const form = JSON.stringify([rows, version, columns.map(({ title, kind }) => [title, kind])]);
  if (root.form !== form) {
    root.form = form; // where numbers alone are others, what is being typed stays
    root.columns = columns.map(({ title, kind }) => ({ title, cells: rows.map(() => element("td", { className: kind })) }));
    root.replaceChildren(tableOf(rows, root.columns, setTriggerValue));
  }
  columns.forEach(({ texts, best }, i) => texts.forEach((text, j) => {
    const cell = root.columns[i].cells[j];
    cell.textContent = best[j] ? `★ ${text}` : text;
    cell.classList.toggle("best", Boolean(best[j]));
  }));
}
