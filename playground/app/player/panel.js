// Panel: one figure with what stands beside its title, and what of it changes from frame to frame.

/** The smallest of 1, 2, 5, 10, 20 … that is not below `value`. */
function niceAbove(value, steps = [1, 2, 5, 10]) {
  const decade = 10 ** Math.floor(Math.log10(Math.max(value, 1e-300)));
  return decade * steps.find((step) => step * decade >= value * (1 - 1e-9));
}

/** The rows of a picture, as numbers or as the texts that they stand for. */
const rowsOf = ({ values, shape: [rows, columns], texts }) =>
  Array.from({ length: rows }, (_, j) => Array.from(values.subarray(j * columns, (j + 1) * columns), texts && ((i) => texts[i])));

const equal = (a, b) => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** Both rows of a curve: epochs, and losses there. */
const halves = ({ values }) => [values.subarray(0, values.length / 2), values.subarray(values.length / 2)];

const SMALLEST = 12; // pixels along a picture of which words leave no more
const AXIS = 46; // pixels of an axis with its title
const NO_PINS = { id: "", full: "", names: {}, curves: {}, note: "" };

class Panel {
  /** `draw` is called with each stroke of the viewer's, `rescaled` when the scale is chosen that `logged` begins with. */
  constructor(name, draw, logged = false, rescaled = () => {}) {
    Object.assign(this, { name, logged, rescaled });
    this.strokes = []; // that are not in the figure yet
    this.entries = []; // of the legend
    this.outlined = [];
    this.marked = null; // [channel, item] of the number that is edited
    this.locked = []; // [channel, item] of each number that is frozen
    this.frame = document.createElement("div");
    Object.assign(this.frame, { className: "frame", id: `figure-${name}` });
    this.frame.dataset.testid = this.frame.id;
    this.frame.innerHTML = `<canvas></canvas><div class="plot"></div><div class="remarks" hidden></div><ul class="names"></ul>`;
    this.extra = document.createElement("div"); // what stands beside the title
    this.extra.className = "extra";
    this.extra.innerHTML = `<span class="note"></span>`;
    for (const part of ["canvas", ".plot", ".remarks", ".names"]) this[part.replace(".", "")] = this.frame.querySelector(part);
    this.note = this.extra.querySelector(".note");
    this.drawing = new Drawing(this, draw);
  }

  /** Another figure takes the place of the last one as soon as it is mounted: the elements stay. */
  take(Plotly, spec) {
    Object.assign(this, { Plotly, spec, channels: spec.channels, painter: null, last: null, range: {}, curves: {} });
    this.values = new Map(); // trace -> what replaces its attributes
    this.pictures = new Map(); // channel -> the pictures of a `tiles` channel
    this.stale = new Set(); // traces that Plotly has not got the values of
    this.layers = this.painting();
    this.tiles = Object.values(this.channels).find(({ room }) => room);
    this.side = this.tiles?.room.most;
    this.note.textContent = spec.note;
    this.remarks.hidden = !spec.remark;
    this.frame.classList.toggle("beside", Boolean(spec.remark));
    this.frame.classList.toggle("named", Boolean(this.pinned));
    this.remark([]);
    this.pin(NO_PINS);
    this.scale();
    this.drawing.take(spec);
  }

  /** Lets Plotly draw the figure, unless it has. */
  async mount() {
    if (this.painter) return this.resize();
    const { spec } = this;
    const size = this.size();
    this.room(size);
    const { data, layout } = structuredClone(spec.figure);
    if (this.logged) layout.yaxis.type = "log";
    for (const { trace } of this.layers) {
      if (trace === undefined) continue;
      data[trace].opacity = 0;
      if (data[trace].type === "heatmap") data[trace].zsmooth = false; // not to be seen, and drawn in half the time
    }
    for (const trace of spec.still) Object.assign(data[trace], { x: [null], y: [null] });
    await this.Plotly.react(this.plot, data, { ...layout, ...size },
      { displayModeBar: false, doubleClick: false, showAxisDragHandles: false, scrollZoom: false });
    await this.makeRoom();
    this.painter = new Painter(this.plot, this.canvas, spec.figure.data);
    this.stills = new Painter(this.plot, document.createElement("canvas"), spec.figure.data);
    this.paintOnce();
  }

  /** Where the screen is narrow, the legend below can need more rows than the figure reckons with: it grows by them. */
  async makeRoom() {
    const { margin } = this.spec.figure.layout;
    const legend = this.plot.querySelector(".legend .bg")?.getBBox().height;
    if (!this.spec.aspect || !(legend + AXIS > margin.b)) return;
    margin.b = legend + AXIS;
    await this.Plotly.relayout(this.plot, { ...this.size(), "margin.b": margin.b });
  }

  /** What is painted, in order: single traces, and the pictures of a `tiles` channel. */
  painting() {
    const layers = [];
    for (const [name, { kind, traces, attr, colorscale }] of Object.entries(this.channels)) {
      if (kind === "tiles") layers.push({ tiles: name, markers: traces[0], colorscale });
      else if (attr !== "customdata" || this.spec.figure.data[traces[0]].mode === "text") {
        for (const trace of traces) if (!layers.some((layer) => layer.trace === trace)) layers.push({ trace });
      }
    }
    return layers;
  }

  /** The button for a logarithmic axis, where the viewer may choose that. */
  scale() {
    this.extra.querySelector(".switch")?.remove();
    if (!this.spec.logScale) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "switch", textContent: "log scale", title: "Logarithmic or linear axis" });
    button.setAttribute("aria-pressed", String(this.logged));
    button.onclick = () => {
      this.logged = !this.logged;
      button.setAttribute("aria-pressed", String(this.logged));
      this.Plotly.relayout(this.plot, { "yaxis.type": this.logged ? "log" : "linear" });
      this.range = {};
      this.refit();
      this.paint();
      this.rescaled();
    };
    this.extra.prepend(button);
  }

  /** The figure's size: the frame's, or the height that gives the plot area its aspect. */
  size() {
    const { aspect, figure: { layout: { margin: m } } } = this.spec;
    const { paddingRight, paddingBottom } = getComputedStyle(this.frame); // where the remarks stand
    const width = Math.floor(this.frame.clientWidth - parseFloat(paddingRight));
    this.frame.style.height = aspect ? `${Math.round((width - m.l - m.r) * aspect) + m.t + m.b}px` : "";
    return { width, height: Math.floor(this.frame.clientHeight - parseFloat(paddingBottom)) };
  }

  async resize() {
    const { width, height } = this.size();
    if (!this.painter || !width || (width === this.plot.layout.width && height === this.plot.layout.height)) return;
    await this.Plotly.relayout(this.plot, { width, height });
    this.room({ width, height });
    if (this.tiles) await this.Plotly.restyle(this.plot, { "marker.size": this.side }, this.tiles.traces);
    this.paintOnce();
    this.paint();
  }

  /** Makes the markers that hold pictures as large as the distance to their neighbours allows. */
  room({ width, height }) {
    if (!this.tiles) return;
    const { x, y, words, most } = this.tiles.room;
    const { data, layout: { margin: m, xaxis, yaxis } } = this.spec.figure;
    const unit = ({ range: [from, to] }, length) => length / Math.abs(to - from);
    const [across, down] = [unit(xaxis, width - m.l - m.r), unit(yaxis, height - m.t - m.b)];
    const size = Math.round(Math.min(most, x * across, y * down, Math.max(down - words, SMALLEST)));
    for (const { marker } of data) if (marker?.size === this.side) marker.size = size;
    this.side = size;
  }

  /** Says what the server remarks on the figure at an epoch, or else what the figure comes with. */
  remark(remarks, epoch) {
    this.remarked = remarks;
    const lines = remarks.map(({ title, text }) => {
      const line = document.createElement("p");
      line.append(Object.assign(document.createElement("b"), { textContent: `${title}, epoch ${epoch}. ` }), text);
      return line;
    });
    this.remarks.replaceChildren(...(lines.length ? lines : [this.spec.remark]));
  }

  /** Takes over and paints the frame of epoch `at`; `reach` is the last epoch seen. */
  show(frames, at, reach) {
    if (!this.painter) return;
    const { version } = frames;
    const same = this.last?.at === at && this.last.version === version;
    for (const [name, channel] of Object.entries(this.channels)) {
      if (same || ["history", "pinned"].includes(channel.kind)) continue;
      const array = frames.read(at, `${this.name}/${name}`);
      if (channel.kind === "values") {
        const value = array.shape.length > 1 ? array : array.values;
        const texts = channel.texts && { hovertext: { ...array, texts: channel.texts } };
        for (const trace of channel.traces) this.set(trace, { [channel.attr]: value, ...texts });
      } else if (channel.kind === "deal") {
        channel.traces.forEach((trace, byte) => this.set(trace, deal(channel, array.values, byte)));
      } else this.pictures.set(name, array);
    }
    this.last = { at, reach, version };
    this.refit();
    this.paint();
  }

  set(trace, values) {
    this.values.set(trace, { ...this.values.get(trace), ...values });
    this.stale.add(trace);
  }

  /** A line and, if it can have another, its name; one that is as it was is nothing new to Plotly. */
  line(trace, [x, y], name) {
    const held = this.values.get(trace);
    if (held && held.name === name && equal(held.x, x) && equal(held.y, y)) return;
    this.set(trace, name === undefined ? { x, y } : { x, y, name });
  }

  get pinned() {
    return Object.values(this.channels).find(({ kind }) => kind === "pinned");
  }

  /** Takes over the runs that are pinned, and names the lines beside the plot. */
  pin(pins) {
    if (!this.pinned) return;
    this.pins = pins;
    const { traces, series, key } = this.pinned;
    traces.forEach((trace, i) => {
      const curve = pins.curves[series[i]];
      this.line(trace, curve ? halves(curve) : [[], []], pins.names[series[i]] ?? "");
    });
    const { data } = this.spec.figure;
    this.entries = key.map((trace) => ({ line: data[trace].line, name: plainly(this.values.get(trace)?.name ?? data[trace].name) }))
      .filter(({ name }) => name);
    this.names.replaceChildren(...this.entries.map(entryOf));
    this.paintOnce();
  }

  /** The lines of the run so far, and room for them and for those of pinned runs on axes that grow in steps. */
  refit() {
    const history = Object.values(this.channels).find(({ kind }) => kind === "history");
    if (!history || !this.last) return;
    const { at, reach } = this.last;
    const note = [...Object.keys(history.notes).filter((series) => this.curves[series])
      .map((series) => history.notes[series]), this.pins.note].filter(Boolean).join("; ");
    if (note !== this.note.title) Object.assign(this.note, { textContent: note, title: note });
    history.traces.forEach((trace, i) => this.line(trace, this.curve(history, i, at, reach)));
    let [right, top, bottom] = [Math.max(reach, 10), 0, Infinity];
    for (const trace of [...history.traces, ...this.pinned.traces]) {
      const { x, y } = this.values.get(trace);
      if (this.pinned.traces.includes(trace)) right = Math.max(right, x[x.length - 1] ?? 0);
      for (const value of y) {
        if (value > top && Number.isFinite(value)) top = value;
        if (value > 0 && value < bottom) bottom = value;
      }
    }
    const fitted = {
      right: niceAbove(right, [1, 2, 3, 5, 7.5, 10]),
      low: this.logged ? Math.floor(Math.log10(Math.min(bottom, 1))) : 0,
      high: this.logged ? Math.ceil(Math.log10(Math.max(top, 1e-9)) + 1e-9) : niceAbove(top * 1.04, [1, 1.5, 2, 3, 4, 5, 7.5, 10]),
    };
    if (Object.keys(fitted).every((key) => fitted[key] === this.range[key])) return;
    this.range = fitted;
    this.Plotly.relayout(this.plot, { "xaxis.range": [0, fitted.right], "yaxis.range": [fitted.low, fitted.high] });
    this.paintOnce();
  }

  /** One line [x, y]: whole, or as far as the viewer has been and up to the marker there. */
  curve({ series, whole, marker }, i, at, reach) {
    const curve = this.curves[series[i]];
    if (!curve) return [[], []];
    const [x, y] = halves(curve);
    if (whole.includes(series[i])) return [x, y];
    let count = 0;
    while (count < x.length && x[count] <= reach) count++;
    const seen = [x.subarray(0, count), y.subarray(0, count)];
    if (at !== reach || x[count - 1] === at) return seen;
    return [[...seen[0], at], [...seen[1], this.values.get(marker).y[i]]];
  }

  paint(painter = this.painter) {
    if (!painter || !this.last) return;
    painter.clear();
    let { still } = this.spec;
    const seen = this.seen?.of.picture(this.seen.neuron);
    const hidden = seen ? this.glimpses.traces : [];
    const pinned = this.pinned?.traces ?? [];
    painter.copy(this.stills, pinned, this.values);
    for (const { trace, tiles, markers, colorscale } of this.layers) {
      if (trace > still[0]) {
        painter.copy(this.stills, still); // above what comes before them
        still = [];
      }
      if (tiles && this.lit) painter.lightEdges(this.lit, Object.values(this.channels).find(({ kind }) => kind === "deal"));
      if (tiles) painter.tiles(markers, this.pictures.get(tiles), colorscale);
      if (tiles && this.lit) painter.lightTiles(this.lit, markers);
      if (tiles && !this.lit) painter.outline(markers, this.outlined);
      if (tiles || pinned.includes(trace)) continue;
      if (hidden[0] === trace) painter.glimpse(trace, seen);
      else if (!hidden.includes(trace) && this.values.has(trace)) painter.trace(trace, this.values.get(trace));
    }
    painter.copy(this.stills, still);
    if (this.marked) this.mark(painter, ...this.marked);
    for (const [channel, item] of this.locked) painter.lock(this.channels[channel].traces[0], item);
    for (const { x, y, marker } of this.strokes) painter.markers({ x: [x], y: [y], marker });
  }

  mark(painter, channel, item) {
    const trace = this.channels[channel].traces[0];
    const edges = Object.values(this.channels).find(({ kind }) => kind === "deal");
    painter.mark(trace, item, this.spec.figure.data[trace].mode === "markers+text" ? null : [edges.x[item], edges.y[item]]);
  }

  /** Lets these edges and neurons, by their numbers, stand out from all others; null: none. */
  light(lit) {
    this.lit = lit;
    this.paint();
  }

  /** The markers with these numbers get an outline. */
  outline(chosen) {
    this.outlined = chosen;
    this.paint();
  }

  /** What it shows, as the title of a picture. */
  get heading() {
    return this.spec.title;
  }

  /** The channel that pictures of the diagram can take the place of. */
  get glimpses() {
    return Object.values(this.channels ?? {}).find(({ glimpse }) => glimpse);
  }

  /** Shows the picture of a neuron of the diagram `of`, at every epoch, until that is null. */
  glimpse(neuron, of) {
    if ((this.seen?.neuron ?? null) === neuron) return;
    this.seen = neuron === null ? null : { neuron, of };
    this.paint();
  }

  /** The picture in a marker, with its colours and its name; null: none is there yet. */
  picture(i) {
    const [name, { traces, colorscale }] = Object.entries(this.channels).find(([, { kind }]) => kind === "tiles");
    const pictures = this.pictures.get(name);
    if (!pictures || i >= pictures.shape[0]) return null;
    const [, side] = pictures.shape;
    return { values: pictures.values.subarray(i * side * side, (i + 1) * side * side), side, colorscale,
      name: this.spec.figure.data[traces[0]].hovertext[i] };
  }

  /** The number of the neuron at a place of the figure, in pixels; null: none. */
  neuronAt(x, y) {
    const { traces } = Object.values(this.channels).find(({ room }) => room);
    const markers = this.spec.figure.data[traces[0]];
    const near = (i) => Math.max(Math.abs(this.painter.x(markers.x[i]) - x), Math.abs(this.painter.y(markers.y[i]) - y)) <= this.side / 2 + 4;
    const found = markers.x.findIndex((_, i) => near(i));
    return found < 0 ? null : found;
  }

  /** The number of the edge whose label is at a place of the figure, or that runs nearest by within 8 pixels; null: none. */
  edgeAt(x, y) {
    const edges = Object.values(this.channels).find(({ kind }) => kind === "deal");
    let [best, least] = [null, 8];
    edges.x.forEach(([x0, x1], i) => {
      const [ax, ay, bx, by] = [this.painter.x(x0), this.painter.y(edges.y[i][0]), this.painter.x(x1), this.painter.y(edges.y[i][1])];
      const along = Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2), 0), 1);
      const distance = Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y);
      if (distance < least) [best, least] = [i, distance];
    });
    return best;
  }

  /** The numbers of the neuron or of the edge at a place of the figure, in pixels. */
  at(x, y) {
    const neuron = this.neuronAt(x, y);
    return { neuron, edge: neuron === null ? this.edgeAt(x, y) : null };
  }

  /** How far down the figure an item of a channel stands, from 0 to 1. */
  heightOf(channel, item) {
    const { data, layout } = this.spec.figure;
    const [low, high] = layout.yaxis.range;
    return (high - data[this.channels[channel].traces[0]].y[item]) / (high - low);
  }

  /** The number of the neuron that an edge leads to. */
  endOf(edge) {
    const deal = Object.values(this.channels).find(({ kind }) => kind === "deal");
    return this.neuronAt(this.painter.x(deal.x[edge][1]), this.painter.y(deal.y[edge][1]));
  }

  /** Paints what is the same in every frame. */
  paintOnce() {
    const traces = this.pinned?.traces ?? this.spec.still;
    if (!this.painter || !traces.length) return;
    this.stills.clear();
    for (const trace of traces) this.stills.trace(trace, this.values.get(trace));
  }

  /** Hands the data on screen to Plotly, in one update. */
  async settle() {
    const painted = new Set(Object.values(this.channels).flatMap((channel) => (channel.painted ? channel.traces : [])));
    const traces = [...this.stale].filter((trace) => !painted.has(trace));
    this.stale.clear();
    const update = {};
    traces.forEach((trace, i) => {
      for (const [attr, value] of Object.entries(this.values.get(trace))) {
        update[attr] ??= traces.map(() => undefined);
        update[attr][i] = value.shape ? rowsOf(value) : typeof value === "string" ? value : Array.from(value);
      }
    });
    if (traces.length) await this.Plotly.restyle(this.plot, update, traces);
  }

  destroy() {
    this.Plotly.purge(this.plot);
    this.frame.remove();
    this.extra.remove();
  }
}

/** A line as attributes of SVG. */
const stroked = (line) => ({ stroke: line.color, "stroke-width": line.width, "stroke-dasharray": dashes(line).join(" ") });

/** A line and its name, as they stand in the legend. */
function entryOf({ line, name }) {
  const item = Object.assign(document.createElement("li"), { title: name });
  const swatch = drawn("svg", { "aria-hidden": "true" }, drawn("path", { d: "M0 5h99", ...stroked(line) }));
  item.append(swatch, Object.assign(document.createElement("span"), { textContent: name }));
  return item;
}

/** The items whose byte is `byte`, one after the other; those longer than a point end in a gap. */
function deal({ x, y }, bytes, byte) {
  const values = { x: [], y: [] };
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== byte) continue;
    values.x.push(...x[i]);
    values.y.push(...y[i]);
    if (x[i].length === 1) continue;
    values.x.push(null);
    values.y.push(null);
  }
  return values;
}
