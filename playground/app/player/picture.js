// Picture: a figure as it is on screen, at its epoch, as an SVG or a PNG file.

const HEAD = 2.4; // height of the line with the title, in sizes of type
const DENSITY = 2; // pixels of a PNG along one of the screen
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // in XML

class Picture {
  /** What `panel` shows now, however long it takes to make a file of it. */
  constructor(panel) {
    const { plot, note, last, spec, heading: title, entries } = panel;
    const { width, height, font } = plot.layout;
    const head = Math.round(HEAD * font.size);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${font.size}px ${font.family}`;
    const room = Math.max(...entries.map(({ name }) => Math.ceil(pen.measureText(name).width + 3.5 * font.size)));
    const beside = entries.length && Math.max(panel.frame.clientWidth - width, room);
    Object.assign(this, { width: width + beside, height: height + head, head, font, title, entries, beside });
    this.said = [`epoch ${last.at}`, note.textContent].filter(Boolean).join(", ");
    const engraver = new Engraver(plot, spec.figure.data);
    panel.paint(engraver);
    Object.assign(this, { painted: engraver.pen.root, ground: engraver.ground });
    const layout = { ...plot.layout, showlegend: plot.layout.showlegend ?? true };
    this.others = panel.Plotly.toImage({ data: plot.data.map(unpainted), layout }, { format: "svg", width, height, imageDataOnly: true });
  }

  /** As text of SVG: the title, what is painted, and above that what Plotly draws itself. */
  async svg(style = "") {
    const { width, height, head, font: { family, size, color }, entries, beside } = this;
    const others = new DOMParser().parseFromString((await this.others).replace(FORBIDDEN, ""), "image/svg+xml");
    const said = drawn("tspan", { dx: 0.7 * size, "font-size": size, "font-weight": 400, opacity: 0.75 }, this.said);
    const whole = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": family },
      ...(style ? [drawn("style", {}, style)] : []),
      drawn("rect", { width, height, fill: this.ground }),
      drawn("text", { x: 10, y: head - 0.8 * size, fill: color, "font-size": 1.15 * size, "font-weight": 600 }, this.title, " ", said),
      drawn("g", { transform: `translate(0 ${head})` }, this.painted, others.documentElement),
      ...entries.map(({ line, name }, i) => drawn("g", { transform: `translate(${width - beside} ${head + (i + 0.7) * 1.3 * size})` },
        drawn("path", { d: `M2 0h${2.1 * size}`, ...stroked(line) }),
        drawn("text", { x: 2.6 * size, y: 0.35 * size, "font-size": size, fill: color }, name))));
    return new XMLSerializer().serializeToString(whole).replace(FORBIDDEN, "");
  }

  async png() {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await this.svg(await fonts(this.font.family)))}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: DENSITY * this.width, height: DENSITY * this.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  /** The file, for a link to it. */
  async blob(format) {
    return format === "png" ? this.png() : new Blob([await this.svg()], { type: "image/svg+xml" });
  }
}

/** A trace as Plotly is to draw it: not at all if it is painted, except for the scale of its colours. */
function unpainted(trace) {
  if (trace.opacity !== 0 && trace.marker?.opacity !== 0) return trace;
  if (!trace.showscale) return { ...trace, visible: false };
  return { ...trace, x: [trace.x[0]], y: [trace.y[0]], z: [[trace.zmin]] };
}

/** The page's own fonts among these, as CSS that holds them: a picture that is drawn in a canvas has no others. */
async function fonts(family) {
  const names = family.split(",").map((name) => name.trim());
  const found = [...document.styleSheets].filter(({ href }) => !href || new URL(href).origin === location.origin)
    .flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) => names.includes(style.fontFamily?.replace(/["']/g, "")) && style.fontStyle !== "italic");
  return (await Promise.all(found.map(embedded))).join("\n");
}

/** A rule of a font with the font in it; without, where it cannot be had. */
async function embedded({ cssText, parentStyleSheet }) {
  const [, address] = cssText.match(/url\("([^"]*)"\)/) ?? [];
  if (!address) return "";
  try {
    const answer = await fetch(new URL(address, parentStyleSheet.href ?? document.baseURI));
    const reader = new FileReader();
    const read = new Promise((resolve) => { reader.onload = resolve; });
    reader.readAsDataURL(await answer.blob());
    await read;
    return cssText.replace(address, reader.result);
  } catch {
    return "";
  }
}

/** Lets the browser save a file. */
function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
