// Editor: sets the numbers that a figure shows by hand, at the epoch on screen, by typing, with a slider, or freezes them.

const REACH = 4; // of the slider, at least

class Editor {
  /** Sets the numbers of `panel`, which has the handles. */
  constructor(player, panel) {
    Object.assign(this, { player, panel, chosen: 0, edits: [], made: 0, frozen: [], steps: 0, dragging: false });
    this.varied = null; // the epoch with the chosen number at many values, so that dragging needs no server
    this.opener = this.button("Edit weights", () => this.toggle(this.form.hidden));
    this.opener.title = "Set weights and biases by hand, at the epoch on screen";
    this.undoer = this.button("Undo edit", () => this.send({ undo: true }));
    this.undoer.title = "Take the last change by hand back, and go to its epoch";
    panel.extra.append(this.opener, this.undoer);
    this.form = Object.assign(document.createElement("form"), { className: "editor", hidden: true });
    this.form.setAttribute("aria-label", "Edit weights");
    this.form.innerHTML = `<div><select aria-label="Weight or bias"></select><button type="button" aria-label="Close">×</button></div>
      <div><input type="number" aria-label="Value" step="any" min="-1000000" max="1000000" required>
      <input type="range" aria-label="Drag the value" step="0.01">
      <button type="button" class="lock" title="A frozen number is left alone by training">Freeze</button></div>`;
    for (const [name, part] of Object.entries({ select: "select", number: "[type=number]", range: "[type=range]", lock: ".lock" })) {
      this[name] = this.form.querySelector(part);
    }
    this.form.querySelector("[aria-label=Close]").onclick = () => this.toggle(false);
    this.form.onsubmit = (event) => event.preventDefault();
    this.form.onclick = (event) => event.stopPropagation(); // it is no click into the diagram
    this.form.onkeydown = (event) => this.key(event);
    this.select.onchange = () => this.choose(this.select.selectedIndex);
    this.number.onchange = () => this.number.reportValidity() && this.set(this.number.valueAsNumber);
    this.range.oninput = () => this.drag();
    this.range.onchange = () => this.set(this.range.valueAsNumber);
    this.lock.onclick = () => this.send({ frozen: !this.frozen.includes(this.chosen) });
    panel.frame.append(this.form);
    this.label();
  }

  button(text, onclick) {
    return Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });
  }

  /** Another figure may have other handles. */
  take({ handles }) {
    const known = JSON.stringify(handles);
    if (known === this.known) return;
    Object.assign(this, { known, handles, chosen: 0, edits: [] });
    this.panel.marked = this.form.hidden ? null : this.place(0);
    this.select.replaceChildren(...handles.labels.map((label) => Object.assign(document.createElement("option"), { textContent: label })));
    this.label();
  }

  leave() {
    for (const part of [this.opener, this.undoer, this.form]) part.remove();
    this.panel.marked = null;
    this.panel.locked = [];
  }

  toggle(open) {
    this.form.hidden = !open;
    this.opener.setAttribute("aria-pressed", String(open));
    this.mark();
    if (open) this.choose(this.chosen);
    if (open) this.select.focus({ preventScroll: true });
    else if (this.form.contains(document.activeElement)) this.opener.focus({ preventScroll: true });
  }

  /** The handle that is item `item` of a channel; null where there is none. */
  find(channel, item) {
    const found = this.handles.items.findIndex((other, i) => other === item && this.handles.channels[i] === channel);
    return found < 0 ? null : found;
  }

  /** A click on a neuron or an edge opens the editor for its bias or weight. */
  click({ neuron, edge }) {
    const found = this.find("pictured_biases", neuron) ?? this.find("weights", edge);
    if (found === null) return;
    this.chosen = found;
    if (this.form.hidden) this.toggle(true);
    else this.choose(found);
  }

  choose(handle) {
    this.chosen = handle;
    this.form.classList.remove("ready");
    this.mark();
    this.form.classList.toggle("above", this.panel.heightOf(...this.place(handle)) > 0.5); // not over what it edits
    this.select.selectedIndex = handle;
    this.reach = 0;
    this.show();
    this.label();
    this.player.pump();
  }

  mark() {
    this.panel.marked = this.form.hidden ? null : this.place(this.chosen);
    this.panel.paint();
  }

  /** The channel and the item of a handle. */
  place(handle) {
    return [this.handles.channels[handle], this.handles.items[handle]];
  }

  /** The number at the epoch on screen. */
  get value() {
    const [channel, item] = this.place(this.chosen);
    return this.player.frames.read(this.player.epoch, `${this.panel.name}/${channel}`).values[item];
  }

  /** Follows the epoch on screen, but for a field that is being typed in. */
  show() {
    if (this.form.hidden || this.dragging || this.edits.length || !this.player.frames.has(this.player.epoch)) return;
    const { value } = this;
    if (!this.reach || Math.abs(value) > this.reach) {
      this.reach = Math.max(REACH, niceAbove(1.5 * Math.abs(value)));
      Object.assign(this.range, { min: -this.reach, max: this.reach });
    }
    this.range.value = value;
    if (document.activeElement !== this.number || this.number.value === this.written) {
      this.written = this.number.value = Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "";
    }
  }

  /** What is needed of the epoch at rest, while the editor is open. */
  get vary() {
    return this.form.hidden || !this.reach ? null : { parameter: this.chosen, reach: this.reach };
  }

  /** The same, unless it is there. */
  get missing() {
    const { vary, varied, player: { run, epoch, looked } } = this;
    const there = varied?.run === run && varied.epoch === epoch && varied.parameter === vary?.parameter && varied.reach === vary.reach
      && (!looked || varied.look === looked.key);
    return there ? null : vary;
  }

  /** The server has sent the epoch with a number at many values. */
  hold(head, arrays) {
    const own = Object.entries(arrays).filter(([name]) => name.startsWith("vary/")).map(([name, array]) => [name.slice(5), array]);
    this.varied = { ...head, arrays: Object.fromEntries(own) };
    this.form.classList.toggle("ready", !this.missing);
    if (this.dragging) this.drag();
  }

  /** Shows what the value of the slider would do. */
  drag() {
    const { player, varied } = this;
    if (player.playing || player.goal) player.pause();
    this.dragging = true;
    this.written = this.number.value = this.range.value;
    if (this.missing) return player.pump();
    const value = this.range.valueAsNumber;
    const away = varied.values.map((other) => Math.abs(other - value));
    player.preview(varied.arrays, away.indexOf(Math.min(...away)));
  }

  set(value) {
    this.dragging = false;
    this.written = this.number.value = String(value);
    this.send({ value });
  }

  /** An edit is kept until the server has it. */
  send(edit) {
    const { player, chosen } = this;
    this.edits.push({ id: ++this.made, run: player.run, epoch: player.epoch, parameter: chosen, ...edit });
    player.notice("");
    player.pause();
  }

  /** The server has the edits up to number `taken`; `steps` can be taken back, and some numbers are frozen. */
  acknowledged({ taken, steps, frozen }) {
    this.made = Math.max(this.made, taken);
    this.edits = this.edits.filter(({ id }) => id > taken);
    if (steps === this.steps && String(frozen) === String(this.frozen)) return;
    Object.assign(this, { steps, frozen });
    this.panel.locked = frozen.map((handle) => this.place(handle));
    this.panel.paint();
    this.label();
  }

  label() {
    const locked = this.frozen.includes(this.chosen);
    this.lock.setAttribute("aria-pressed", String(locked));
    this.lock.textContent = locked ? "Frozen" : "Freeze";
    this.undoer.hidden = !this.steps;
  }

  /** Keys move the slider and the choice, and do not step the player then. */
  key(event) {
    if (event.key === "Escape") this.toggle(false);
    if (event.key === "Enter" && event.target === this.number) {
      this.number.blur(); // which takes what was typed
      this.number.focus();
    }
    event.stopPropagation();
  }
}
