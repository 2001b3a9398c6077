// Place: a part of the screen that holds a panel, or several behind each other as tabs.

const MOVES = { ArrowRight: (i, n) => (i + 1) % n, ArrowLeft: (i, n) => (i + n - 1) % n, Home: () => 0, End: (_, n) => n - 1 };

class Place {
  /** `open` is called with a panel that the viewer brings to the front, `save` with one and the format to save it in. */
  constructor(name, chosen, parent, open, save) {
    this.open = open;
    this.saving = new Save(name, (format) => save(this.front, format));
    this.panels = [];
    this.chosen = chosen; // the name of the panel that was last brought to the front
    this.box = document.createElement("figure");
    this.box.className = `place place-${name}`;
    this.box.innerHTML = `<figcaption><div class="titles"></div><div class="extras"></div><div class="marks" role="status"></div></figcaption><div class="frames"></div>`;
    for (const part of ["titles", "extras", "marks", "frames"]) this[part] = this.box.querySelector(`.${part}`);
    this.titles.onkeydown = (event) => this.key(event);
    this.marks.after(this.saving.box);
    parent.append(this.box);
  }

  get front() {
    return this.panels.find(({ name }) => name === this.chosen) ?? this.panels[0];
  }

  /** Holds these panels from now on; the one in front stays there if it is among them. */
  fill(panels) {
    this.box.hidden = !panels.length;
    if (panels.length !== this.panels.length || panels.some((panel, i) => panel !== this.panels[i])) {
      this.panels = panels;
      this.extras.replaceChildren(...panels.map(({ extra }) => extra));
      this.frames.replaceChildren(...panels.map(({ frame }) => frame));
      this.titles.replaceChildren(...panels.map((panel) => (panels.length > 1 ? this.tab(panel) : document.createElement("h3"))));
      if (panels.length > 1) this.titles.setAttribute("role", "tablist");
      else this.titles.removeAttribute("role");
    }
    panels.forEach(({ spec: { title, tab } }, i) => {
      const short = (panels.length > 1 && tab) || title;
      Object.assign(this.titles.children[i], { textContent: short, title: short === title ? "" : title });
      this.titles.children[i].setAttribute("aria-label", title);
    });
    this.turn();
  }

  /** A word beside the titles that leads to a panel with a remark, which it is the title of; none: no word. */
  mark(panel, [remark]) {
    const mark = remark && Object.assign(document.createElement("button"), { type: "button", onclick: () => this.choose(panel) });
    mark?.append(Object.assign(document.createElement("span"), { textContent: "⚠", ariaHidden: "true" }), Object.assign(document.createElement("span"), { className: "name", textContent: ` ${remark.title}` }));
    if (mark) mark.title = remark.text;
    this.marks.replaceChildren(...(mark ? [mark] : []));
  }

  tab(panel) {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", id: `tab-${panel.name}`, onclick: () => this.choose(panel) });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.frame.id);
    return tab;
  }

  choose(panel) {
    this.chosen = panel.name;
    this.turn();
    this.open(panel);
  }

  /** Lets the panel in front be seen, and no other; all keep their room, so that nothing moves. */
  turn() {
    if (this.front) this.saving.turn(this.front);
    const tabs = this.panels.length > 1;
    this.panels.forEach((panel, i) => {
      const inFront = panel === this.front;
      for (const part of [panel.frame, panel.extra]) part.classList.toggle("behind", !inFront);
      if (!tabs) {
        for (const attribute of ["role", "aria-labelledby"]) panel.frame.removeAttribute(attribute);
        return;
      }
      panel.frame.setAttribute("role", "tabpanel");
      panel.frame.setAttribute("aria-labelledby", `tab-${panel.name}`);
      this.titles.children[i].setAttribute("aria-selected", String(inFront));
      this.titles.children[i].tabIndex = inFront ? 0 : -1;
    });
  }

  /** Arrow keys turn to another tab, and do not step the player then. */
  key(event) {
    const move = this.panels.length > 1 && MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const next = move(this.panels.indexOf(this.front), this.panels.length);
    this.titles.children[next].focus();
    this.choose(this.panels[next]);
  }
}
