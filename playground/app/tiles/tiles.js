const element = (kind, className, text = "") =>
  Object.assign(document.createElement(kind), { className, textContent: text });

function tileOf({ picture, lines, label, best, current }, open) {
  const tile = element("button", "tile");
  tile.type = "button";
  tile.setAttribute("aria-label", label);
  if (current) tile.setAttribute("aria-current", "true");
  const frame = element("span", "picture");
  frame.append(Object.assign(element("img", ""), { src: picture, alt: "", draggable: false }), element("span", "over"));
  if (best) frame.append(element("span", "best", "\u2605 best"));
  tile.append(frame, ...lines.map((line) => element("span", "line", line)));
  tile.addEventListener("click", open);
  return tile;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tiles");
  const told = JSON.stringify(data);
  if (root.told === told) return;
  root.told = told;
  const { across, down, columns, rows, over, tiles } = data;
  root.style.setProperty("--columns", columns.length);
  root.style.setProperty("--over", `url("${over}")`);
  root.classList.toggle("single", !down);
  const cells = [element("span", "corner", down), element("span", "across", across), element("span", "corner")];
  cells.push(...columns.map((text) => element("span", "column", text)));
  tiles.forEach((tile, i) => {
    if (i % columns.length === 0) cells.push(element("span", "row", rows[i / columns.length]));
    cells.push(tileOf(tile, () => setTriggerValue("open", i)));
  });
  root.replaceChildren(...cells);
}
