// Pen: takes what a painter draws on a canvas, and makes elements of SVG of it.

const STATE = ["fillStyle", "strokeStyle", "lineWidth", "lineJoin", "lineCap", "globalAlpha", "font", "textAlign", "textBaseline",
  "imageSmoothingEnabled", "dash", "group"];
const ANCHORS = { center: "middle", left: "start", right: "end" };
const brief = (number) => Number(number.toFixed(2));

class Pen {
  constructor() {
    this.root = drawn("g", {});
    this.kept = [];
    this.clips = 0;
    this.ruler = document.createElement("canvas").getContext("2d");
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", lineCap: "butt", globalAlpha: 1 });
    Object.assign(this, { font: "400 10px sans-serif", textAlign: "left", textBaseline: "alphabetic", imageSmoothingEnabled: true });
    Object.assign(this, { dash: [], group: this.root, path: "" });
  }

  add(tag, attributes, ...children) {
    const rounded = Object.entries(attributes).map(([name, value]) => [name, typeof value === "number" ? brief(value) : value]);
    const element = drawn(tag, Object.fromEntries(rounded), ...children);
    if (this.globalAlpha < 1) element.setAttribute("opacity", this.globalAlpha);
    this.group.append(element);
    return element;
  }

  save() {
    this.kept.push(STATE.map((name) => this[name]));
  }

  restore() {
    this.kept.pop().forEach((value, i) => { this[STATE[i]] = value; });
  }

  // What an empty page does not need.
  setTransform() {}

  clearRect() {}

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${brief(x)} ${brief(y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${brief(x)} ${brief(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  rect(x, y, width, height) {
    this.path += `M${brief(x)} ${brief(y)}h${brief(width)}v${brief(height)}h${brief(-width)}Z`;
  }

  /** Clockwise from one angle to another, at most a half of the circle at a time. */
  arc(x, y, radius, from, to) {
    const turn = Math.min((to < from ? to + 2 * Math.PI : to) - from, 2 * Math.PI);
    const at = (angle) => `${brief(x + radius * Math.cos(angle))} ${brief(y + radius * Math.sin(angle))}`;
    if (!this.path.endsWith(at(from))) this.path += `${this.path ? "L" : "M"}${at(from)}`;
    for (const share of [0.5, 1]) this.path += `A${brief(radius)} ${brief(radius)} 0 0 1 ${at(from + share * turn)}`;
  }

  clip() {
    this.clips += 1;
    const id = `painted-${this.clips}`;
    this.group.append(drawn("clipPath", { id }, drawn("path", { d: this.path })));
    const clipped = drawn("g", { "clip-path": `url(#${id})` });
    this.group.append(clipped);
    this.group = clipped;
  }

  get outline() {
    const { strokeStyle: stroke, lineWidth, lineJoin, lineCap, dash } = this;
    const dashes = dash.length ? { "stroke-dasharray": dash.map(brief).join(" ") } : {};
    return { stroke, "stroke-width": brief(lineWidth), "stroke-linejoin": lineJoin, "stroke-linecap": lineCap, ...dashes };
  }

  fill() {
    this.filled = this.add("path", { d: this.path, fill: this.fillStyle });
  }

  /** The outline of what was filled last belongs to it. */
  stroke() {
    if (!this.path) return;
    const last = this.group.lastElementChild;
    const path = last && last === this.filled && last.getAttribute("d") === this.path ? last : this.add("path", { d: this.path, fill: "none" });
    for (const [name, value] of Object.entries(this.outline)) path.setAttribute(name, value);
  }

  fillRect(x, y, width, height) {
    const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)];
    this.add("rect", { x: left, y: top, width: Math.abs(width), height: Math.abs(height), fill: this.fillStyle });
  }

  strokeRect(x, y, width, height) {
    this.add("rect", { x, y, width, height, fill: "none", ...this.outline });
  }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", ...this.outline });
  }

  fillText(text, x, y) {
    this.write(text, x, y, { fill: this.fillStyle });
  }

  write(text, x, y, look) {
    const [, weight, size, family] = this.font.match(/^(\d+) ([\d.]+)px (.*)$/);
    const above = (baseline) => {
      this.ruler.textBaseline = baseline;
      return this.measureText("x").actualBoundingBoxAscent;
    };
    const y0 = y + above("alphabetic") - above(this.textBaseline);
    const type = { "font-family": family, "font-size": `${size}px`, "font-weight": weight, "text-anchor": ANCHORS[this.textAlign] };
    this.add("text", { x, y: y0, ...type, ...look }, text);
  }

  /** A picture whose pixels run into each other is one here, too; of others every pixel is a rectangle. */
  drawImage(image, ...box) {
    const [sx, sy, columns, rows, x, y, width, height] = box.length > 4 ? box : [0, 0, image.width, image.height, ...box];
    const copy = Object.assign(document.createElement("canvas"), { width: columns, height: rows }).getContext("2d");
    copy.drawImage(image, -sx, -sy);
    if (this.imageSmoothingEnabled) {
      const element = this.add("image", { x, y, width, height, preserveAspectRatio: "none" });
      return element.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", copy.canvas.toDataURL());
    }
    const { data } = copy.getImageData(0, 0, columns, rows);
    for (let i = 0; i < columns * rows; i++) {
      const [red, green, blue] = data.slice(4 * i, 4 * i + 3);
      const [w, h] = [width / columns, height / rows];
      this.add("rect", { x: x + (i % columns) * w, y: y + Math.floor(i / columns) * h, width: w, height: h, fill: `rgb(${red}, ${green}, ${blue})` });
    }
  }
}

/** A painter with a pen: everything is lines and areas, also what is otherwise copied. */
class Engraver extends Painter {
  constructor(plot, data) {
    super(plot, { style: {}, getContext: () => new Pen() }, data);
  }

  copy(painter, traces, values) {
    for (const trace of traces) this.trace(trace, values?.get(trace));
  }

  stamps({ x, y, marker }) {
    this.stroke(marker.line);
    for (let i = 0; i < x.length; i++) this.shape(marker.symbol, this.x(x[i]), this.y(y[i]), marker.size / 2);
    this.pen.stroke();
  }
}
