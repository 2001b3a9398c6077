// Walk: a panel of text that explains one update of the epoch at rest, and lights the parts of the diagram that a line is about.

class Walk {
  /** `player` is asked for what is to be explained, and its diagram is lit. */
  constructor(name, player) {
    Object.assign(this, { name, player, strokes: [], phase: 0, line: null, told: null, asked: { sample: 0, neuron: null } });
    this.extra = document.createElement("div");
    this.frame = document.createElement("div");
    Object.assign(this.frame, { className: "frame walk", id: `figure-${name}` });
    this.frame.dataset.testid = name;
    this.frame.innerHTML = `<div class="steps" role="group" aria-label="Update">
      <button type="button" data-step="-1" aria-label="Back" title="The phase before, or the last one of the sample before">‹ Back</button>
      <button type="button" data-step="1" aria-label="Next" title="The next phase, or the first one of the next sample">Next ›</button>
      <label>Sample <input type="number" min="1" step="1" value="1" inputmode="numeric"></label><span class="of"></span></div>
      <div class="phases" role="group" aria-label="Phase"></div><div class="lines"></div>`;
    for (const part of [".of", ".phases", ".lines", "input"]) this[part.replace(".", "")] = this.frame.querySelector(part);
    for (const button of this.frame.querySelectorAll("[data-step]")) button.onclick = () => this.step(Number(button.dataset.step));
    this.input.onchange = () => this.ask({ sample: Math.max(Math.round(this.input.valueAsNumber || 1), 1) - 1 });
    this.lines.onclick = ({ target }) => this.choose(target.closest(".line"));
    this.lines.onkeydown = (event) => event.key === "Enter" && this.choose(event.target.closest(".line"));
  }

  take(Plotly, spec) {
    this.spec = spec;
    this.told = null;
    this.line = null;
    const { address } = this.player;
    this.ask({ sample: address.sample - 1, neuron: null });
    address.sample = 1; // of the first data alone
  }

  // A panel without a figure has nothing to mount, measure, paint or hand over.
  async mount() {}

  size() {}

  resize() {}

  paint() {}

  async settle() {}

  destroy() {
    this.frame.remove();
    this.extra.remove();
  }

  /** A click on a neuron or an edge of the diagram chooses it, or its line. */
  click({ neuron, edge }) {
    if (!this.told) return true;
    if (neuron !== null) this.find((line) => line.neurons[0] === neuron) || this.ask({ neuron });
    else if (edge !== null) this.find((line) => line.edges.length === 1 && line.edges[0] === edge) || this.ask({ neuron: this.player.diagram.endOf(edge) });
    return true;
  }

  /** Chooses the first line of the phase on screen, or of another, that fits; whether there is one. */
  find(fits) {
    const phases = this.told.phases;
    for (const phase of [this.phase, ...phases.keys()]) {
      const line = phases[phase].lines.findIndex(fits);
      if (line < 0) continue;
      this.turn(phase);
      this.choose(this.lines.children[line]);
      return true;
    }
    return false;
  }

  /** The epoch on screen is another one, unless this one has been told: it is explained once the viewer rests. */
  show(frames, at) {
    const { told, player } = this;
    this.frame.classList.toggle("old", !told || told.epoch !== at || told.run !== player.run);
    if (player.playing) this.player.diagram?.light(null);
  }

  ask(change) {
    this.asked = { ...this.asked, ...change };
    if (this.told && !this.player.waiting && this.player.explained) this.player.request();
    else this.player.pump();
  }

  /** Shows what the server explains, unless another sample has been asked for meanwhile. */
  tell(told) {
    if (told.sample !== this.asked.sample && this.asked.sample < told.samples) return;
    const same = this.told && told.sample === this.told.sample && told.neuron === this.told.neuron;
    if (!same) this.line = null;
    this.told = told;
    this.asked.sample = told.sample;
    this.input.max = told.samples;
    this.input.value = told.sample + 1;
    const update = told.batches === told.samples ? "" : `, update ${told.batch + 1} of ${told.batches}`;
    this.of.textContent = `of ${told.samples}: ${told.name}${update}${told.neuron ? `; neuron ${told.neuron}` : ""}`;
    this.phases.replaceChildren(...told.phases.map(({ name }, i) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, onclick: () => this.turn(i) });
      button.dataset.phase = name;
      return button;
    }));
    this.turn(this.phase, this.line);
    this.frame.classList.remove("old");
  }

  /** Shows a phase. */
  turn(phase, line = null) {
    const { lines } = this.told.phases[phase];
    Object.assign(this, { phase, line });
    [...this.phases.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === phase)));
    this.lines.replaceChildren(...lines.map(({ html }, i) => {
      const made = Object.assign(document.createElement("div"), { className: "line", innerHTML: html, tabIndex: 0 });
      made.onfocus = () => this.choose(made);
      made.classList.toggle("chosen", i === line);
      return made;
    }));
    this.light();
  }

  choose(made) {
    if (!made) return;
    this.line = [...this.lines.children].indexOf(made);
    [...this.lines.children].forEach((other) => other.classList.toggle("chosen", other === made));
    made.scrollIntoView({ block: "nearest" });
    this.light();
  }

  /** What the chosen line is about, or else the whole phase. */
  get lit() {
    if (!this.told || this.player.playing) return null;
    const { name, lines } = this.told.phases[this.phase];
    const about = this.line === null ? lines : [lines[this.line]];
    return { edges: about.flatMap(({ edges }) => edges), neurons: about.flatMap(({ neurons }) => neurons), backward: name === "backward" };
  }

  light() {
    if (this.player.shown.includes(this)) this.player.diagram?.light(this.lit);
  }

  step(by) {
    if (!this.told) return;
    const { phases, sample, samples } = this.told;
    const phase = this.phase + by;
    if (phase in phases) return this.turn(phase);
    if (sample + by < 0 || sample + by >= samples) return;
    this.phase = by > 0 ? 0 : phases.length - 1;
    this.ask({ sample: sample + by });
  }
}
