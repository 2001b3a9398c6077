// Painter: draws the changing traces of a Plotly figure on a canvas beneath it.
//
// Plotly needs 10 to 40 ms to take over new data, whatever changed. So while frames follow each other, the traces that
// change are painted here, with the colours, widths and fonts that the figure gives them, and Plotly's own drawing of them
// is transparent. When the viewer rests, Plotly gets the same data: for hovering, for reading aloud, for saving.

const STAMPED = 200; // open markers from which on they are copies of one
const SMOOTH = (a, b, f) => Math.round(a + (b - a) * f);
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** 256 colours of a Plotly colour scale, as the 32-bit pixels of a little-endian canvas. */
function palette(colorscale) {
  const stops = colorscale.map(([at, colour]) => [at, rgb(colour)]);
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const right = Math.max(1, stops.findIndex(([at]) => at >= i / 255));
    const [[from, low], [to, high]] = [stops[right - 1], stops[right]];
    const [r, g, b] = low.map((c, k) => SMOOTH(c, high[k], (i / 255 - from) / (to - from)));
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** A 32-bit pixel as a colour of CSS. */
const hex = (pixel) => `rgb(${pixel & 255}, ${(pixel >> 8) & 255}, ${(pixel >> 16) & 255})`;

/** The dashes and gaps of a line, in pixels, as Plotly has them or by their name. */
function dashes({ width, dash }) {
  if (!dash) return [];
  return { dash: [4 * width, 2.5 * width], dot: [width, 2 * width] }[dash] ?? dash.split(",").map(parseFloat);
}

/** A text as Plotly would show it, whose markup is escaped. */
function plainly(text) {
  if (!text.includes("&")) return text;
  const box = document.createElement("textarea");
  box.innerHTML = text;
  return box.value;
}

/** The number in "%{customdata:+.2f}", if there is one, and whatever stands around it. */
function formatter(template) {
  const found = template.match(/^(.*)%\{customdata:(\+?)\.(\d)f\}(.*)$/);
  if (!found) return () => template;
  const [, before, sign, digits, after] = found;
  return (value) => {
    const text = Math.abs(value).toFixed(digits);
    return `${before}${value < 0 ? "−" : sign}${text}${after}`;
  };
}

const STAR = Array.from({ length: 10 }, (_, i) => [i % 2 ? 0.535 : 1.4, (i * Math.PI) / 5]);
const CROSS = [[-0.4, -1.2], [0.4, -1.2], [0.4, -0.4], [1.2, -0.4], [1.2, 0.4], [0.4, 0.4]];
const turned = (points) => [...points, ...points.map(([x, y]) => [-x, -y])];

/** Plotly's marker symbols, but for the circle, with a radius of one. */
const POLYGONS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  "triangle-up": [[0, -1], [1.155, 0.5], [-1.155, 0.5]],
  cross: turned(CROSS),
  x: turned(CROSS.map(([x, y]) => [0.67 * (x - y), 0.67 * (x + y)])),
  pentagon: [0, 1, 2, 3, 4].map((i) => [Math.sin((i * 2 * Math.PI) / 5), -Math.cos((i * 2 * Math.PI) / 5)]),
  star: STAR.map(([r, angle]) => [r * Math.sin(angle), -r * Math.cos(angle)]),
};

class Painter {
  /** `plot` is the element of a mounted Plotly figure, `data` its traces as they are meant to look. */
  constructor(plot, canvas, data) {
    Object.assign(this, { plot, canvas, data, pen: canvas.getContext("2d"), scratch: document.createElement("canvas") });
    this.palettes = new Map();
  }

  /** Fits the canvas to the figure and finds where its axes are. */
  measure() {
    const { width, height, margin: m, xaxis, yaxis } = this.plot.layout;
    const density = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * density) || this.canvas.height !== Math.round(height * density)) {
      this.canvas.width = Math.round(width * density);
      this.canvas.height = Math.round(height * density);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.pen.setTransform(density, 0, 0, density, 0, 0);
    this.box = { left: m.l, top: m.t, width: width - m.l - m.r, height: height - m.t - m.b };
    const { left, top, width: w, height: h } = this.box;
    const place = ({ range: [from, to], type }, start, length) => {
      const scale = length / (to - from);
      if (type === "log") return (value) => start + (Math.log10(value) - from) * scale;
      return (value) => start + (value - from) * scale;
    };
    this.x = place(xaxis, left, w);
    this.y = place(yaxis, top + h, -h);
    this.ground = getComputedStyle(this.plot).getPropertyValue("--ground");
  }

  clear() {
    this.measure();
    this.said = []; // labels beside points that were drawn since
    this.pen.clearRect(0, 0, this.plot.layout.width, this.plot.layout.height);
  }

  /** Dims all edges but those with these numbers, which point the way that signals, or gradients, go. */
  lightEdges({ edges, backward }, { x, y }) {
    const { pen } = this;
    const { width, height } = this.plot.layout;
    const color = getComputedStyle(this.plot).getPropertyValue("--accent");
    pen.save();
    Object.assign(pen, { globalAlpha: 0.75, fillStyle: this.ground });
    pen.fillRect(0, 0, width, height);
    Object.assign(pen, { globalAlpha: 1, fillStyle: color });
    for (const i of edges) {
      const ends = [0, 1].map((end) => [this.x(x[i][end]), this.y(y[i][end])]);
      const [[ax, ay], [bx, by]] = backward ? ends.reverse() : ends;
      this.stroke({ color, width: 4 });
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
      pen.stroke();
      const [turn, share] = [Math.atan2(by - ay, bx - ax), backward ? 0.3 : 0.7]; // where no label stands
      pen.beginPath();
      for (const [along, side] of [[9, 0], [-7, 9], [-7, -9]]) {
        const [cx, cy] = [ax + share * (bx - ax), ay + share * (by - ay)];
        pen.lineTo(cx + along * Math.cos(turn) - side * Math.sin(turn), cy + along * Math.sin(turn) + side * Math.cos(turn));
      }
      pen.fill();
    }
    pen.restore();
  }

  /** Dims all pictures in a trace's markers but those with these numbers. */
  lightTiles({ neurons }, index) {
    const { pen } = this;
    const { x, y, marker } = this.data[index];
    const color = getComputedStyle(this.plot).getPropertyValue("--accent");
    pen.save();
    x.forEach((_, i) => {
      const box = [this.x(x[i]) - marker.size / 2, this.y(y[i]) - marker.size / 2, marker.size, marker.size];
      Object.assign(pen, { globalAlpha: 0.75, fillStyle: this.ground });
      if (!neurons.includes(i)) return pen.fillRect(...box);
      pen.globalAlpha = 1;
      this.stroke({ color, width: 7 });
      pen.strokeRect(...box);
    });
    pen.restore();
  }

  /** Draws what another painter has drawn for the same figure, which are these traces, some with values. */
  copy({ canvas }, traces) {
    const { width, height } = this.plot.layout;
    if (traces.length) this.pen.drawImage(canvas, 0, 0, width, height);
  }

  /** Draws trace number `index` with `values` (x, y, z, customdata …) in place of its own. */
  trace(index, values) {
    const trace = { ...this.data[index], ...values };
    const { pen, box } = this;
    pen.save();
    if (trace.cliponaxis !== false) {
      pen.beginPath();
      pen.rect(box.left, box.top, box.width, box.height);
      pen.clip();
    }
    if (trace.type === "heatmap") this.heatmap(trace);
    else if (trace.type === "contour") this.contour(trace);
    else if (trace.type === "bar") this.bars(trace);
    else if (trace.mode === "lines") this.line(trace);
    else if (trace.mode === "markers") this.markers(trace);
    else this.labels(trace);
    pen.restore();
  }

  colours(colorscale) {
    if (!this.palettes.has(colorscale)) this.palettes.set(colorscale, palette(colorscale));
    return this.palettes.get(colorscale);
  }

  /** Puts rows of bytes, the lowest row of the picture first, on the scratch canvas. */
  pixels(bytes, columns, rows, picture, colours) {
    if (this.scratch.width !== columns || this.scratch.height !== rows || !this.image) {
      Object.assign(this.scratch, { width: columns, height: rows });
      this.image = new ImageData(columns, rows);
    }
    const out = new Uint32Array(this.image.data.buffer);
    for (let row = 0; row < rows; row++) {
      const flipped = (row - (row % picture) + picture - 1 - (row % picture)) * columns;
      for (let column = 0; column < columns; column++) out[flipped + column] = colours[bytes[row * columns + column]];
    }
    this.scratch.getContext("2d").putImageData(this.image, 0, 0);
  }

  heatmap({ x, y, z, zmin, zmax, zsmooth, colorscale }) {
    const bytes = new Uint8ClampedArray(z.values.length);
    const scale = 255 / (zmax - zmin);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (z.values[i] - zmin) * scale;
    this.pixels(bytes, x.length, y.length, y.length, this.colours(colorscale));
    this.pen.imageSmoothingEnabled = zsmooth === "best";
    this.spread(x, y, x.length, y.length);
  }

  /** Draws what is on the scratch canvas from the first node of the axes to the last: a node is a pixel's centre. */
  spread(x, y, columns, rows) {
    const [left, right] = [this.x(x[0]), this.x(x[x.length - 1])];
    const [bottom, top] = [this.y(y[0]), this.y(y[y.length - 1])];
    const [dx, dy] = [(right - left) / (columns - 1), (bottom - top) / (rows - 1)];
    this.pen.drawImage(this.scratch, left - dx / 2, top - dy / 2, right - left + dx, bottom - top + dy);
  }

  /** Draws a picture, with its name, in place of heat map number `index`. */
  glimpse(index, { values, side, colorscale, name }) {
    const { pen, box } = this;
    const { x, y } = this.data[index];
    pen.save();
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
    this.pixels(values, side, side, side, this.colours(colorscale));
    this.spread(x, y, side, side);
    Object.assign(pen, { font: `600 18px ${this.plot.layout.font.family}`, textAlign: "left", textBaseline: "top" });
    Object.assign(pen, { strokeStyle: this.ground, lineWidth: 5, lineJoin: "round", fillStyle: this.plot.layout.font.color });
    pen.strokeText(plainly(name), box.left + 10, box.top + 10);
    pen.fillText(plainly(name), box.left + 10, box.top + 10);
    pen.restore();
  }

  /** Outlines these markers of a trace. */
  outline(index, chosen) {
    const { x, y, marker: { size } } = this.data[index];
    this.stroke({ color: getComputedStyle(this.plot).getPropertyValue("--accent"), width: 4 });
    for (const i of chosen) this.pen.rect(this.x(x[i]) - size / 2 - 2, this.y(y[i]) - size / 2 - 2, size + 4, size + 4);
    this.pen.stroke();
  }

  /** The line where z crosses contours.start, cell by cell. Values that saturate at zmin and zmax are unbent first. */
  contour({ x, y, z, zmin, zmax, contours, line }) {
    const { pen } = this;
    const unbend = (value) => Math.atanh(Math.min(Math.max((2 * value - zmin - zmax) / (zmax - zmin), -0.9999), 0.9999));
    const [level, v] = zmin === undefined ? [contours.start, z.values] : [unbend(contours.start), z.values.map(unbend)];
    const columns = x.length;
    const [px, py] = [Array.from(x, this.x), Array.from(y, this.y)];
    const between = (a, b) => (level - a) / (b - a);
    this.stroke(line);
    for (let j = 0; j + 1 < y.length; j++) {
      for (let i = 0, at = j * columns; i + 1 < columns; i++, at++) {
        const [a, b, c, d] = [v[at], v[at + 1], v[at + columns + 1], v[at + columns]]; // counter-clockwise from below left
        const cut = [];
        if (a < level !== b < level) cut.push(px[i] + (px[i + 1] - px[i]) * between(a, b), py[j]);
        if (b < level !== c < level) cut.push(px[i + 1], py[j] + (py[j + 1] - py[j]) * between(b, c));
        if (c < level !== d < level) cut.push(px[i] + (px[i + 1] - px[i]) * between(d, c), py[j + 1]);
        if (d < level !== a < level) cut.push(px[i], py[j] + (py[j + 1] - py[j]) * between(a, d));
        for (let k = 0; k + 3 < cut.length; k += 4) {
          pen.moveTo(cut[k], cut[k + 1]);
          pen.lineTo(cut[k + 2], cut[k + 3]);
        }
      }
    }
    pen.stroke();
  }

  stroke({ color, width, dash }) {
    Object.assign(this.pen, { strokeStyle: color, lineWidth: width, lineJoin: "round", lineCap: dash ? "butt" : "round" });
    this.pen.setLineDash(dashes({ width, dash }));
    this.pen.beginPath();
  }

  line({ x, y, line }) {
    this.stroke(line);
    for (let i = 0, down = false; i < x.length; i++) {
      const gap = x[i] === null || !Number.isFinite(y[i]);
      if (!gap) this.pen[down ? "lineTo" : "moveTo"](this.x(x[i]), this.y(y[i]));
      down = !gap;
    }
    this.pen.stroke();
  }

  bars({ x, y, width, marker }) {
    this.pen.fillStyle = marker.color;
    x.forEach((at, i) => {
      const [left, top] = [this.x(at - width / 2), this.y(y[i])];
      this.pen.fillRect(left, top, this.x(at + width / 2) - left, this.y(0) - top);
    });
  }

  markers({ x, y, marker, opacity = 1 }) {
    const { pen } = this;
    const open = String(marker.symbol).endsWith("-open");
    const colours = marker.colorscale && this.colours(marker.colorscale);
    const scaled = (value) => hex(colours[Math.round(Math.min(Math.max((value - marker.cmin) / (marker.cmax - marker.cmin), 0), 1) * 255)]);
    pen.globalAlpha = opacity;
    if (open && x.length > STAMPED) return this.stamps({ x, y, marker });
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(y[i])) continue;
      if (!open || i === 0) this.stroke(marker.line);
      this.shape(marker.symbol, this.x(x[i]), this.y(y[i]), marker.size / 2);
      if (open) continue;
      const colour = Array.isArray(marker.color) ? marker.color[i] : marker.color;
      pen.fillStyle = colours ? scaled(colour) : colour;
      pen.fill();
      pen.stroke();
    }
    if (open) pen.stroke();
  }

  /** Very many open markers: one is drawn, and copied to every place. */
  stamps({ x, y, marker }) {
    const side = marker.size + 2 * marker.line.width;
    const stamp = new Painter(this.plot, document.createElement("canvas"), this.data);
    const density = window.devicePixelRatio || 1;
    stamp.canvas.width = stamp.canvas.height = Math.ceil(side * density);
    stamp.pen.scale(density, density);
    stamp.stroke(marker.line);
    stamp.shape(marker.symbol, side / 2, side / 2, marker.size / 2);
    stamp.pen.stroke();
    for (let i = 0; i < x.length; i++) this.pen.drawImage(stamp.canvas, this.x(x[i]) - side / 2, this.y(y[i]) - side / 2, side, side);
  }

  shape(symbol, x, y, r) {
    if (!POLYGONS[symbol]) {
      this.pen.moveTo(x + r, y);
      return this.pen.arc(x, y, r, 0, 7);
    }
    POLYGONS[symbol].forEach(([dx, dy], i) => this.pen[i ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
    this.pen.closePath();
  }

  labels({ x, y, text: names, customdata, texttemplate, textfont, textposition, marker }) {
    const { pen } = this;
    const text = formatter(texttemplate);
    const named = texttemplate.includes("%{text}");
    const family = this.plot.layout.font.family;
    Object.assign(pen, { font: `600 ${textfont.size}px ${family}`, textAlign: "center", textBaseline: "middle" });
    Object.assign(pen, { strokeStyle: this.ground, lineWidth: 5, lineJoin: "round", fillStyle: textfont.color });
    const radius = textposition === "bottom center" ? marker.size / 2 : 0;
    const below = radius && radius + textfont.size * 0.8;
    const points = Array.from(x, (_, i) => ({ x: this.x(x[i]), y: this.y(y[i]), half: radius }));
    const words = Array.from(customdata, (value, i) => (Number.isFinite(value) ? plainly(text(value).replace("%{text}", () => names[i])) : ""));
    const labels = points.map((point, i) => ({ ...point, words: words[i], half: pen.measureText(words[i]).width / 2 }))
      .filter((label) => label.words);
    const covers = (a, b) => a !== b && Math.abs(a.x - b.x) < a.half + b.half && Math.abs(a.y - b.y) < 0.75 * textfont.size;
    for (const label of labels) {
      if (!named && labels.some((other) => covers(label, other))) continue; // neither could be read
      const spot = named ? this.beside(label, below, points, covers) : { ...label, y: label.y + below };
      if (!spot) continue;
      if (textfont.shadow !== "none") pen.strokeText(label.words, spot.x, spot.y);
      pen.fillText(label.words, spot.x, spot.y);
    }
  }

  /** Where what is said of a point in the plot area can be read: below it or above, best where no other point is. */
  beside(label, below, points, covers) {
    const { left, top, width, height } = this.box;
    const within = (y, room) => y >= top + room && y <= top + height - room;
    if (label.x < left || label.x > left + width || !within(label.y, 0)) return undefined;
    const x = Math.min(Math.max(label.x, left + label.half), left + width - label.half);
    const free = [below, -below].map((away) => ({ ...label, x, y: label.y + away }))
      .filter((spot) => within(spot.y, below / 2) && !this.said.some((other) => covers(spot, other)));
    const spot = free.find((each) => !points.some((point) => covers(each, point))) ?? free[0];
    if (spot) this.said.push(spot);
    return spot;
  }

  /** A frame around the marker that is item `item` of a trace, or around the line [x, y] that it labels. */
  mark(index, item, line) {
    const { pen } = this;
    const { x, y, marker } = this.data[index];
    pen.save();
    this.stroke({ color: getComputedStyle(this.plot).getPropertyValue("--accent"), width: 3, dash: line && "dash" });
    if (line) line[0].forEach((_, i) => pen[i ? "lineTo" : "moveTo"](this.x(line[0][i]), this.y(line[1][i])));
    else pen.rect(this.x(x[item]) - marker.size / 2 - 4, this.y(y[item]) - marker.size / 2 - 4, marker.size + 8, marker.size + 8);
    pen.stroke();
    pen.restore();
  }

  /** A lock at an item of a trace: beside its label, or in the corner of its marker. */
  lock(index, item) {
    const { pen } = this;
    const { x, y, mode, textfont, marker } = this.data[index];
    const corner = mode === "markers+text" ? marker.size / 2 - 9 : 0;
    const [left, top] = [this.x(x[item]) - (mode === "text" ? 2 * textfont.size : corner), this.y(y[item]) + corner];
    pen.save();
    for (const [color, width] of [[this.ground, 6], [this.plot.layout.font.color, 2]]) {
      this.stroke({ color, width });
      pen.arc(left, top - 2, 3.5, Math.PI, 0);
      pen.rect(left - 5, top - 1, 10, 7);
      pen.stroke();
      pen.fillStyle = color;
      pen.fillRect(left - 5, top - 1, 10, 7);
    }
    pen.restore();
  }

  /** Pictures (n, p, p) inside the first n markers of a trace. */
  tiles(index, { values, shape: [n, p] }, colorscale) {
    const { x, y, marker } = this.data[index];
    this.pixels(values, p, n * p, p, this.colours(colorscale));
    for (let i = 0; i < n; i++) {
      const [left, top] = [this.x(x[i]) - marker.size / 2, this.y(y[i]) - marker.size / 2];
      this.pen.drawImage(this.scratch, 0, i * p, p, p, left, top, marker.size, marker.size);
    }
  }
}
