// Look: a panel that is drawn only while it is in front, of what the viewer chooses; its frames come from the server then.

class Look extends Panel {
  /** `player` is asked for frames of what is chosen, which begins with some neurons. */
  constructor(name, player, chosen) {
    super(name, () => {});
    Object.assign(this, { player, chosen, held: "", told: null, pointed: [], unanswered: false });
    this.said = Object.assign(document.createElement("div"), { className: "said" });
    this.said.setAttribute("aria-live", "polite");
    this.frame.append(this.said);
    this.frame.onpointerdown = (event) => this.pointAt(event);
    this.frame.onpointermove = (event) => event.pointerType === "mouse" && this.pointAt(event);
    this.choices = Object.assign(document.createElement("div"), { className: "choices" });
    this.extra.append(this.choices);
  }

  /** What of the panel the frames must have the arrays of. */
  get key() {
    return `${this.name} ${this.chosen}`;
  }

  /** A new scene: what was chosen stays chosen, as far as the server finds it there. */
  take(Plotly, spec) {
    super.take(Plotly, spec);
    Object.assign(this, { held: "", told: null });
    this.said.hidden = !spec.pointer;
    this.frame.classList.toggle("over", !!spec.pointer);
    this.choices.replaceChildren(...spec.choices.map((choice) => this.choice(choice)));
  }

  /** The figure of what is chosen. */
  hold(Plotly, figure, id) {
    this.take(Plotly, figure);
    this.held = id;
  }

  async mount() {
    if (this.held) await super.mount();
  }

  choice({ label, help, chosen, groups }) {
    const box = Object.assign(document.createElement("select"), { title: help });
    box.setAttribute("aria-label", help);
    for (const [title, options] of groups) {
      const made = options.map(([value, text]) => new Option(text, value, false, value === chosen));
      const group = Object.assign(document.createElement("optgroup"), { label: title });
      group.append(...made);
      box.append(...(title ? [group] : made));
    }
    box.onchange = () => this.choose([...this.choices.querySelectorAll("select")].map(({ value }) => Number(value)));
    const named = document.createElement("label");
    named.append(label, box);
    return named;
  }

  choose(chosen) {
    this.chosen = chosen;
    this.player.keep();
    this.player.look();
  }

  /** The neurons of the diagram that are chosen. */
  get neurons() {
    return this.spec.choices.map(({ chosen }) => chosen);
  }

  get heading() {
    const [{ chosen, groups }, ...others] = this.spec.choices;
    const [, name] = groups.flatMap(([, options]) => options).find(([value]) => value === chosen);
    return others.length ? super.heading : `${super.heading}: ${name}`;
  }

  /** A click into the diagram chooses the neuron of a panel that is about one. */
  click({ neuron }) {
    const [choice, ...others] = this.spec.choices;
    if (others.length || !choice.groups.some(([, options]) => options.some(([value]) => value === neuron))) return false;
    if (neuron !== choice.chosen) this.choose([neuron]);
    return true;
  }

  /** The figure's size; what is said stands below it. */
  size() {
    const size = super.size();
    if (!this.spec.pointer) return size;
    this.frame.style.height = "";
    this.said.style.top = `${size.height}px`;
    return size;
  }

  pointAt({ clientX, clientY }) {
    if (!this.spec.pointer || !this.painter) return;
    const { xaxis, yaxis } = this.plot.layout;
    const { left, top } = this.frame.getBoundingClientRect();
    const { box } = this.painter;
    const along = ({ range: [from, to] }, share) => from + share * (to - from);
    const [right, up] = [(clientX - left - box.left) / box.width, 1 - (clientY - top - box.top) / box.height];
    if (Math.min(right, up) < 0 || Math.max(right, up) > 1) return;
    this.pointed = [along(xaxis, right), along(yaxis, up)];
    this.unanswered = true;
    this.paint();
    this.player.pump();
  }

  /** The place that the viewer points at, for a request. */
  point() {
    this.unanswered = false;
    return this.pointed;
  }

  show(frames, at, reach) {
    if (!frames.holds(at, Object.keys(this.channels).map((channel) => `${this.name}/${channel}`))) return;
    super.show(frames, at, reach);
    const { told, player } = this;
    this.said.classList.toggle("old", !told || told.epoch !== at || told.run !== player.run);
  }

  /** Shows what the server says of the place. */
  tell(told) {
    this.told = told;
    if (!this.unanswered) this.pointed = told.place;
    this.said.innerHTML = told.html;
    this.said.classList.remove("old");
    this.paint();
  }

  paint(painter = this.painter) {
    super.paint(painter);
    const [x, y] = this.pointed;
    if (painter && this.last && this.spec.pointer && y !== undefined) painter.markers({ x: [x], y: [y], marker: this.spec.pointer });
  }
}
