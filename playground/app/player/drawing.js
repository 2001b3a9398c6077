// Drawing: tools beside the title of a panel. With one of them in hand, a click or a tap on the plot area is a stroke.

const ERASER = "M-.5 .9h1.5M-1 .25 .3-1.05 1.1-.25-.05 .9h-.3zM-.45-.3 .35 .5";

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** What a tool draws, small. */
function icon({ erases, marker: { symbol, color } }) {
  const shape = erases ? drawn("path", { d: ERASER, fill: "none", stroke: "currentColor", "stroke-width": 0.2 })
    : symbol in POLYGONS ? drawn("polygon", { points: POLYGONS[symbol].join(" "), fill: color })
      : drawn("circle", { r: 1, fill: color });
  return drawn("svg", { viewBox: "-1.5 -1.5 3 3", "aria-hidden": "true" }, shape);
}

class Drawing {
  /** `draw` is called with each stroke: {x, y} in the units of the axes, its value or that it erases or asks, and its marker. */
  constructor(panel, draw) {
    Object.assign(this, { panel, draw, known: "", hand: null });
    this.box = Object.assign(document.createElement("div"), { className: "tools" });
    this.sheet = Object.assign(document.createElement("div"), { className: "sheet", onclick: (event) => this.stroke(event) });
    panel.extra.append(this.box);
    panel.frame.append(this.sheet);
    this.choose(null);
  }

  /** Other tools, unless they are the same: the one in hand stays there, and so does what was typed. */
  take({ tools, figure: { layout: { margin: m } } }) {
    this.sheet.style.inset = `${m.t}px ${m.r}px ${m.b}px ${m.l}px`;
    if (JSON.stringify(tools) === this.known) return;
    this.known = JSON.stringify(tools);
    const typed = this.field;
    this.field = null;
    this.tools = tools;
    this.buttons = tools.map((tool) => this.button(tool));
    this.box.replaceChildren(...tools.flatMap((tool, i) => (tool.field ? [this.buttons[i], this.number(tool.field)] : [this.buttons[i]])));
    if (typed && this.field?.title === typed.title) this.field.value = typed.value;
    this.choose(this.hand);
  }

  button(tool) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", title: `${tool.label}: click or tap the plot.${tool.asks ? "" : " Shift-click removes the nearest point."}` });
    button.setAttribute("aria-label", tool.label);
    button.onclick = () => this.choose(this.hand === tool.label ? null : tool.label);
    button.append(icon(tool));
    return button;
  }

  number({ label, help, value }) {
    this.field = document.createElement("input");
    Object.assign(this.field, { type: "number", step: "any", min: -1e6, max: 1e6, required: true, value, title: help });
    const named = document.createElement("label");
    named.append(label, this.field);
    return named;
  }

  /** Takes the tool with this label in hand, or puts the last one away. */
  choose(label) {
    this.hand = this.tools?.some((tool) => tool.label === label) ? label : null;
    this.tools?.forEach((tool, i) => this.buttons[i].setAttribute("aria-pressed", String(tool.label === this.hand)));
    this.sheet.hidden = this.hand === null;
  }

  stroke({ offsetX, offsetY, shiftKey }) {
    const held = this.tools.find(({ label }) => label === this.hand);
    const tool = shiftKey && !held?.asks ? this.tools.find(({ erases }) => erases) : held;
    if (!tool || (tool.field && !this.field.reportValidity())) return;
    const { xaxis, yaxis } = this.panel.plot.layout;
    const along = ({ range: [from, to] }, share) => from + share * (to - from);
    const x = along(xaxis, offsetX / this.sheet.clientWidth);
    const y = along(yaxis, 1 - offsetY / this.sheet.clientHeight);
    const what = tool.erases ? { erase: true } : tool.asks ? { asks: true } : { value: tool.field ? this.field.valueAsNumber : tool.value };
    this.draw({ x, y, ...what, marker: tool.marker });
  }
}
