// Look: a panel that is drawn only while it is in front, of what the viewer chooses; its frames come from the server then.

class Look extends Panel {
  /** `player` is asked for frames of what is chosen. */
  constructor(name, player) {
    super(name, () => {});
    Object.assign(this, { player, chosen: [], held: "" });
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
    this.held = "";
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

  async settle() {
    if (this.painter) await super.settle();
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
    this.player.look();
  }
}
