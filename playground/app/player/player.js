// Player: mounts the figures of a scene, shows any frame of a recording in them, and asks the server for what it lacks.

const BUDGET = 12e6; // bytes of frames held
const CHUNK = 0.6; // seconds of playback asked for at once
const PATIENCE = 3000; // milliseconds until an unanswered request is sent again
const ABSENCE = 3000; // milliseconds until a player that left the page is taken apart
const SETTLE = 160; // milliseconds of rest until Plotly gets the data of a figure that is pointed at
const IDLE = 1000; // and until it gets that of all
const ROOMY = 1400; // pixels of width for what is enlarged the most
const TURNS = 3; // times that Streamlit is told of an address
const PASSING = 4000; // milliseconds that one can read what has been done
const CALM = 6000; // milliseconds for which a class whose server is back leaves it to those whose pages are not there yet
const CALM_RATE = 4; // frames a second meanwhile
const LEAD = 0.2; // seconds of playback left to an answer that ends the run on screen

let plotly; // one copy of plotly.js for the page, whoever asks first

function load(url) {
  plotly ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = Object.assign(document.createElement("script"), { src: new URL(url, document.baseURI) });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("plotly.js could not be loaded. Reload the page."));
    document.head.append(script);
  });
  return plotly;
}

/** A plain number that keeps its width: as many decimals, or six, or a power of ten where those would say nothing. */
function plain(value, digits, unit) {
  if (!Number.isFinite(value)) return "–";
  if (digits !== undefined) return value.toFixed(digits) + unit;
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6 ? value.toFixed(6) : value.toExponential(3);
}

/** Whether a box is as the page came with it. */
const usual = ({ options, selectedIndex }) => selectedIndex === Math.max([...options].findIndex(({ defaultSelected }) => defaultSelected), 0);

/** A readout: its label and number, and below them the notes, each a number with a label. */
function listed({ name, label, notes }) {
  const element = (tag, rest, ...children) => {
    const made = Object.assign(document.createElement(tag), rest);
    made.append(...children);
    return made;
  };
  const number = (tag, testid) => {
    const made = element(tag, { textContent: "–" });
    made.dataset.testid = testid;
    return made;
  };
  const below = notes.map((note) => element("span", { title: note.help }, `${note.label} `, number("b", note.name)));
  return element("div", {}, element("dt", { textContent: label }), number("dd", name), element("dd", { className: "notes" }, ...below));
}

class Player {
  constructor(root) {
    this.root = root;
    this.panels = new Map();
    this.places = new Map();
    this.frames = new Frames(BUDGET);
    Object.assign(this, { scene: "", run: "", epoch: 0, reach: 0, latest: 0, playing: false, goal: null, wanted: null });
    Object.assign(this, { asked: 0, waiting: 0, calm: 0, brink: null, queue: Promise.resolve(), end: null });
    Object.assign(this, { table: "", drawn: 0, strokes: [] }); // what is drawn on, the last stroke, those not acknowledged
    Object.assign(this, { pinned: NO_PINS, pinning: [], pinnings: 0, spare: "" }); // what is pinned, what is not acknowledged, how many there were
    Object.assign(this, { address: new Address(() => this.joined()), link: {}, lost: null, resume: false, turning: 0, doing: "", settling: [] });
    this.stop = new AbortController();
    const listen = (target, event, handler) => target.addEventListener(event, handler, { signal: this.stop.signal });
    for (const button of root.querySelectorAll("button[data-do]")) listen(button, "click", () => this[button.dataset.do]());
    this.scrubber = this.control("scrub");
    listen(this.scrubber, "input", () => this.scrub(Number(this.scrubber.value)));
    listen(this.scrubber, "change", () => this.seek(this.wanted ?? this.epoch)); // a frame shown meanwhile has moved the bar
    for (const name of ["goto", "until"]) {
      listen(this.control(name), "submit", (event) => {
        event.preventDefault();
        const { name: key, valueAsNumber: value } = event.target.elements[0];
        this.runTo({ [key]: value });
      });
    }
    for (const [name, value] of this.address.pace) {
      const box = this.control(name);
      if ([...box.options].some((option) => option.value === value)) box.value = value;
      listen(box, "change", () => {
        this.keep();
        this.roll();
        this.pump();
      });
    }
    listen(this.slot("notice"), "click", () => this.notice(""));
    listen(document, "keydown", (event) => this.key(event));
    listen(window, "popstate", ({ state }) => !state?.told && this.turn());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.slot("panels"));
  }

  resize() {
    this.panels.forEach((panel) => panel.resize());
    if (this.projected && this.scene && this.theme !== this.root.querySelector(".player").dataset.theme) this.request();
  }

  control(name) {
    return this.root.querySelector(`[data-do="${name}"]`);
  }

  slot(name) {
    return this.root.querySelector(`[data-slot="${name}"]`);
  }

  get stride() {
    return Number(this.control("stride").value);
  }

  /** Whether the page is light or dark, by the lightness of its ground, or is for a projector, and how much room there is then. */
  get theme() {
    if (this.projected) return this.root.clientWidth < ROOMY ? "small projector" : "projector";
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim() || "#ffffff";
    return rgb(pen.fillStyle).reduce((a, b) => a + b) < 384 ? "dark" : "light";
  }

  /** Frames a second: as many as were chosen, or few just after the server was away. */
  get rate() {
    const chosen = Number(this.control("speed").value);
    return performance.now() < this.calm ? Math.min(chosen, CALM_RATE) : chosen;
  }

  /** Messages are handled one after the other, each when the figures it needs are mounted; one seen before is a change of theme. */
  receive(data, send) {
    const { calling, asked } = this;
    clearTimeout(calling);
    this.calling = null;
    this.send = send;
    if (data === this.received) return this.request();
    this.received = data;
    const message = unpack(data);
    this.enqueue(async () => {
      await this.handle(message);
      if (calling && this.waiting && this.asked === asked) this.request(); // what it waits for was lost with the connection
    });
  }

  enqueue(task) {
    this.queue = this.queue.then(task).catch((error) => {
      console.error(error);
      this.notice(error.message);
    });
  }

  async handle({ header, arrays, bytes }) {
    if (this.stop.signal.aborted) return;
    const { scene, run, link, epochs, latest, answers, ask, goal, walk, edits, remarks, look, query, pins = {} } = header;
    if (!this.waiting) this.told = ""; // the page was run as a whole: a request has to follow, see joined
    if (this.turning && this.address.says(query)) this.turned();
    if (!scene && header.sceneId !== this.scene) return this.request(); // the figures were lost on the way
    this.meet(run);
    this.link = { ...this.link, ...link };
    if (this.restores(run)) return;
    Object.assign(this, { projected: header.projected, name: header.name });
    if (scene && header.sceneId !== this.scene) {
      await this.mount(await load(header.plotly), JSON.parse(scene));
      this.scene = header.sceneId;
    }
    if (run.id !== this.run) this.follow(run);
    Object.assign(this, { latest, end: run.end, same: run.same });
    if (look?.figure) await this.panels.get(look.panel).hold(await load(header.plotly), JSON.parse(look.figure), look.id);
    for (const panel of look?.figure ? this.shown : []) await panel.mount();
    if (look?.figure) this.diagram?.outline(this.looked?.neurons ?? []);
    if (epochs.length && (!this.looked || this.looked.key === look?.key)) this.frames.add(epochs, arrays, bytes, this.epoch, look?.key);
    this.roll();
    if (pins.names && !this.spare) this.pinned = { ...pins, curves: under("pinned/", arrays) ?? {} };
    const curves = latest < this.reach ? null : under("history/", arrays); // else the server is on its way to there
    for (const panel of this.panels.values()) {
      panel.curves = curves ?? panel.curves;
      if (panel.pins !== this.pinned) panel.pin?.(this.pinned);
    }
    const answered = this.waiting && answers === this.asked;
    if (answered) this.spare = "";
    if (answered) this.answered();
    this.acknowledged(header);
    this.keepPins(pins);
    this.editor?.acknowledged(edits);
    if (header.vary) this.editor?.hold(header.vary, arrays);
    if (walk) this.panels.get("walk").tell(walk);
    if (look?.said && this.looked?.key === look.key) this.looked.tell(look.said);
    this.remark(remarks);
    if (goal && this.goal) return this.approach(goal);
    if (ask) return this.promise();
    if (this.theme !== header.theme || (this.goal && !this.waiting)) return this.request(); // or the answer itself was lost
    if (!this.lost && !this.goal && this.frames.has(this.epoch)) this.show(this.epoch); // else what was there stays until then
    if (link.go && link.go.id !== this.gone) return this.go(link.go);
    if (this.lost) return this.goBack();
    this.keep();
    this.pump();
  }

  /** The server leads to an epoch, or to another address. */
  go({ id, epoch, query, field }) {
    this.gone = id;
    this.pause();
    if (query === null) return this.runTo({ epoch });
    this.address.go(query, { epoch, field });
  }

  /** Back and forward: Streamlit sets the controls by the address, and then the rest of what it says has to come. */
  turn() {
    if (this.address.reframed) return this.address.settle();
    const { epoch, field } = this.address.read();
    Object.assign(this, { lost: { epoch, playing: false, field }, turning: this.turning + 1, wanted: null });
    this.pause();
    this.answered();
    this.unanswered("resending", () => {
      if (this.turning < TURNS) return this.address.announce();
      this.turned(); // they are as near to it as they will come
      this.request();
    });
  }

  /** The controls say what the address says. */
  turned() {
    clearTimeout(this.resending);
    this.turning = 0;
  }

  /** A server that does not know this viewer, or not any more: what was on screen goes on if it has that, else it has to come back. */
  meet(run) {
    const [server] = run.id.split("-");
    if (server === this.server) return;
    const { playing, address } = this;
    const first = this.server === undefined;
    this.server = server;
    this.spare = readCopy(); // of pins: the server has none
    if (!first) this.calm = performance.now() + CALM;
    if (!first && run.same === this.same && (!this.lost || this.lost.held)) return this.adopt(run);
    const epoch = this.goal?.epoch ?? this.wanted ?? this.epoch;
    if (this.lost?.asked) Object.assign(this.lost, { asked: false, field: null });
    this.lost ??= first ? { epoch: address.epoch, field: null } : { epoch, playing, field: this.link.field ?? "", held: true };
  }

  /** The run on screen has another name; the server has yet to train it up to here. */
  adopt(run) {
    for (const waiting of [...this.pinning, ...(this.editor?.edits ?? [])]) waiting.run = run.id;
    Object.assign(this, { run: run.id, lost: null, latest: 0 });
    this.answered();
  }

  /** Whether the server first has to have the link of what was on screen; until then that stays there. */
  restores(run) {
    if (!this.lost || this.turning) return false; // the controls come first
    const { field, asked } = this.lost;
    if (asked || field === null || field === this.link.field) return Boolean(asked);
    Object.assign(this.lost, { asked: true, run: run.id });
    this.request([]);
    return true;
  }

  /** Goes back to what was on screen before the server lost it, or to what the address says. */
  goBack() {
    if (this.turning) return;
    const { epoch, playing } = this.lost;
    this.address.settle();
    if (epoch) this.runTo({ epoch });
    else this.seek(0);
    this.lost = null; // until now the address says where this goes, not where it is
    this.resume = playing && this.goal !== null;
    if (playing && !this.resume) this.play();
    else if (this.epoch === epoch) this.keep();
  }

  /** The address says what is on screen. */
  keep() {
    if (this.lost || this.link.id === undefined) return;
    const fronts = [...this.places.values()].filter(({ front, panels }) => front && front !== panels[0]).map(({ front }) => front.name);
    const logged = [...this.panels.values()].filter(({ logged: chosen }) => chosen).map(({ name }) => name);
    const sample = this.panels.get("walk")?.asked.sample;
    const [speed, stride] = ["speed", "stride"].map((name) => this.control(name)).map((box) => (usual(box) ? "" : box.value));
    this.address.keep({
      epoch: this.epoch || "", front: fronts.join(","), log: logged.join(","), sample: sample ? sample + 1 : "", speed, stride,
      neurons: this.looked?.chosen.join(",") ?? "",
      state: this.link.why ? "" : this.link.field,
    }, Boolean(this.link.why));
  }

  async copy() {
    this.keep();
    this.address.write();
    const refused = await copied(window.location.href) ? "" : "The browser does not let this page copy. The link is in the address bar.";
    this.notice(refused || this.link.why);
    if (!refused && !this.link.why) this.confirm("Link copied");
  }

  /** Saves the figure on screen, in a file that is called after the experiment. */
  async save(panel, format) {
    if (!panel.last) return;
    const title = panel.spec.title.toLowerCase().replaceAll(" ", "-");
    const name = `${this.name}-${title}-epoch-${panel.last.at}.${format}`;
    download(await new Picture(panel).blob(format), name);
  }

  /** Another run: one that comes from the one on screen, or another from its start. */
  follow(run) {
    const first = run.lineage[this.run]; // epoch that differs
    const goesOn = first !== undefined;
    if (goesOn) this.frames.cut(first);
    else this.frames.clear();
    if (!goesOn) this.pause();
    this.run = run.id;
    this.epoch = goesOn ? Math.min(this.epoch, run.at) : 0;
    this.reach = this.epoch;
    if (!goesOn) Object.assign(this, { goal: null, wanted: null });
    this.label();
    this.answered();
    this.notice("");
  }

  async mount(Plotly, { theme, panels, readouts }) {
    this.root.querySelector(".player").dataset.theme = theme;
    this.frames.clear();
    for (const [name, panel] of this.panels) {
      if (panels[name]) continue;
      this.places.get(panel.spec.place).mark(panel, []);
      panel.destroy();
      this.panels.delete(name);
    }
    for (const [name, spec] of Object.entries(panels)) {
      if (!this.panels.has(name)) this.panels.set(name, this.welcome(this.panel(name, spec)));
      this.panels.get(name).take(Plotly, spec);
      if (!this.places.has(spec.place)) {
        const front = this.address.front.find((panel) => panels[panel]?.place === spec.place);
        this.places.set(spec.place, new Place(spec.place, front, this.slot("panels"), (panel) => this.open(panel),
          (panel, format) => this.enqueue(() => this.save(panel, format))));
      }
    }
    const every = Object.keys(panels).map((name) => this.panels.get(name));
    for (const [name, place] of this.places) place.fill(every.filter(({ spec }) => spec.place === name));
    this.attend(panels.network);
    for (const panel of every) panel.size();
    for (const panel of this.shown) await panel.mount();
    if (JSON.stringify(readouts) === this.listed) return; // the numbers stay until the next frame
    this.listed = JSON.stringify(readouts);
    this.readouts = readouts.flatMap(({ notes, ...readout }) => [readout, ...notes]);
    this.slot("readouts").replaceChildren(...readouts.map(listed));
  }

  get diagram() {
    return this.panels.get("network");
  }

  /** What of the diagram an event is at. */
  part({ clientX, clientY }) {
    const { left, top } = this.diagram.frame.getBoundingClientRect();
    return this.diagram.at(clientX - left, clientY - top);
  }

  /** The neuron pointed at is seen large, where there is a plane for its picture. */
  hover(event) {
    const neuron = event.type === "pointerleave" ? null : this.part(event).neuron;
    for (const panel of this.shown) if (panel.glimpses) panel.glimpse(neuron, this.diagram);
  }

  panel(name, { text, looked }) {
    if (text) return new Walk(name, this);
    const { front, log, neurons } = this.address;
    if (looked) return new Look(name, this, front.includes(name) ? neurons : []);
    return new Panel(name, (stroke) => this.draw(name, stroke), log.includes(name), () => this.keep());
  }

  /** From now on a panel that is pointed at answers for the epoch on screen. */
  welcome(panel) {
    panel.frame.addEventListener("pointerenter", () => this.settle([panel]));
    return panel;
  }

  /** The panel in front that is drawn only then, if it is one. */
  get looked() {
    return this.shown.find(({ spec }) => spec.looked) ?? null;
  }

  /** Something else is looked at: what it is painted from comes from the server, the epoch on screen first. */
  look() {
    if (this.looked) this.frames.keep(this.looked.key);
    if (this.playing || this.goal || this.frames.has(this.epoch)) this.pump();
    else this.request([[this.epoch, 1, 1]]);
  }

  /** The diagram, if there is one, and its editor, if it has handles. A click is for a panel in front that has a use for it, else for the editor. */
  attend(spec) {
    if (this.editor && !(spec?.handles && this.editor.panel === this.diagram)) {
      this.editor.leave();
      this.editor = null;
    }
    if (!spec) return;
    if (spec.handles) {
      this.editor ??= new Editor(this, this.diagram);
      this.editor.take(spec);
    }
    const { frame } = this.diagram;
    frame.onclick = (event) => {
      const at = this.part(event);
      const used = this.shown.some((panel) => panel.click?.(at));
      if (!used || this.editor?.form.hidden === false) this.editor?.click(at);
    };
    frame.onpointermove = frame.onpointerleave = (event) => event.pointerType === "mouse" && this.hover(event);
  }

  /** The panels that can be seen. */
  get shown() {
    return [...this.places.values()].flatMap(({ front }) => front ?? []);
  }

  /** Shows the epoch on screen in a panel that was brought to the front. */
  open(panel) {
    this.enqueue(async () => {
      if (!this.shown.includes(panel)) return;
      this.look();
      await panel.mount();
      if (this.frames.has(this.epoch)) panel.show(this.frames, this.epoch, this.reach);
      if (!this.playing) this.settleSoon();
      this.diagram?.light(this.explained && this.panels.get("walk").lit);
      this.diagram?.outline(this.looked?.neurons ?? []);
      this.pump();
    });
  }

  // What the viewer does

  play() {
    if (this.playing || this.goal) return this.pause();
    Object.assign(this, { playing: true, resume: false });
    this.due = 0;
    this.notice("");
    this.label();
    this.roll();
    this.pump();
  }

  pause() {
    Object.assign(this, { playing: false, goal: null });
    this.keep();
    this.label();
    this.settleSoon();
    this.pump();
  }

  step() {
    this.pause();
    if (this.end !== null && this.epoch >= this.end.epoch) return this.notice(this.end.text);
    this.seek(this.after(this.wanted ?? this.epoch, 1));
  }

  back() {
    this.pause();
    this.seek(Math.max(this.before(this.wanted ?? this.epoch), 0));
  }

  /** The epoch that follows another when every frame is `stride` epochs on. */
  after(epoch, stride) {
    return epoch + stride;
  }

  before(epoch) {
    return epoch - 1;
  }

  restart() {
    this.pause();
    this.seek(0);
  }

  scrub(epoch) {
    if (this.playing) this.pause();
    const near = this.frames.nearest(epoch);
    if (near !== null) this.show(near);
    this.wanted = epoch;
    this.scrubber.value = epoch;
    this.pump();
  }

  /** Shows an epoch as soon as it is there. */
  seek(epoch) {
    this.wanted = null;
    if (this.frames.has(epoch)) this.show(epoch);
    else this.wanted = epoch;
    this.pump();
  }

  /** Trains until an epoch, or until a loss. */
  runTo(goal) {
    this.pause();
    if (goal.epoch !== undefined && goal.epoch <= this.latest) return this.seek(goal.epoch);
    this.goal = { ...goal, from: this.epoch };
    this.notice("");
    this.label();
    this.request();
  }

  /** A stroke is shown at once, and kept until the server says that it has it: each request carries all that are kept. */
  draw(panel, stroke) {
    if (!stroke.asks) this.pause();
    this.notice("");
    this.drawn += 1;
    this.strokes.push({ id: this.drawn, table: this.table, panel, ...stroke });
    this.sketch();
    this.pump();
  }

  sketch() {
    for (const panel of this.panels.values()) panel.strokes = this.strokes.filter((stroke) => stroke.panel === panel.name);
    for (const panel of this.shown) panel.paint();
  }

  /** The server has the strokes up to number `drawn`; `fault` says what is wrong with the table since, if anything. */
  acknowledged({ table, drawn, fault }) {
    this.table = table;
    this.drawn = Math.max(this.drawn, drawn);
    const kept = this.strokes.filter(({ id }) => id > drawn);
    if (kept.length === this.strokes.length) return;
    this.strokes = kept;
    this.sketch();
    if (fault) this.notice(fault);
  }

  /** Pins the epoch on screen, as soon as the server knows of it. */
  pin() {
    if (this.pinned.full) return this.notice(this.pinned.full);
    this.pinnings += 1;
    this.pinning.push({ id: this.pinnings, run: this.run, epoch: this.epoch });
    this.pump();
  }

  /** The server has pinned what it was asked to up to number `taken`. */
  keepPins({ taken = 0, copy }) {
    if (copy !== undefined && !this.spare) writeCopy(copy);
    this.pinnings = Math.max(this.pinnings, taken);
    const kept = this.pinning.filter(({ id }) => id > taken);
    if (kept.length < this.pinning.length) this.confirm("Run pinned");
    this.pinning = kept;
  }

  /** What the server remarks on panels; while it plays, the words stay where they are about the same. */
  remark({ epoch, ...remarks }) {
    for (const [name, said] of Object.entries(remarks)) {
      const [panel, titles] = [this.panels.get(name), (list) => list.map(({ title }) => title).join()];
      if (this.playing && titles(said) === titles(panel.remarked)) continue;
      panel.remark(said, epoch);
      this.places.get(panel.spec.place).mark(panel, said);
    }
  }

  approach({ epoch, reached }) {
    this.wanted = null;
    const goesOn = !reached && this.end === null;
    if (goesOn) this.request(); // the server trains on while this epoch is painted
    if (this.frames.has(epoch)) this.show(epoch);
    if (goesOn) return;
    if (this.end !== null) this.notice(this.end.text);
    else if (epoch === this.goal.from) this.notice("The goal is already reached at this epoch.");
    this.pause();
    if (this.resume) this.play();
  }

  key(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("[popover]")) return;
    if (target !== document.body && !this.root.contains(target)) return;
    if (event.code === "Escape") {
      this.editor?.toggle(false);
      return this.panels.forEach(({ drawing }) => drawing?.choose(null));
    }
    if (target.matches("select, input:not([type=range])")) return;
    if (event.code === "Space" && target.matches("button:focus-visible")) return;
    const action = { Space: () => this.play(), ArrowRight: () => this.step(), ArrowLeft: () => this.back(),
      Home: () => this.restart(), End: () => this.seek(this.reach) }[event.code];
    if (!action) return;
    event.preventDefault();
    action();
  }

  // What happens by itself

  /** The run is about to be continued another way: says up to which epoch this one is shown, and stops there until then. */
  promise() {
    if (this.brink !== null) return;
    const { epoch, stride, rate } = this;
    const lead = this.playing ? Math.floor(rate * LEAD) : 0;
    this.brink = epoch + Math.max(this.frames.ahead(epoch, stride, lead + 1) - 1, 0) * stride;
    this.request([[this.brink + stride, Math.ceil(Math.max(rate * CHUNK, 4)), stride]]);
  }

  /** Frames follow each other while it plays; where they end, the server is awaited. */
  roll() {
    if (this.playing) this.ticking ??= requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    const next = this.after(this.epoch, this.stride);
    const held = this.brink !== null && next > this.brink;
    const there = !held && this.frames.has(next);
    this.ticking = null;
    if (there || !this.waiting) this.roll();
    if (!this.playing || held || now + 2 < this.due) return;
    if (there) {
      this.due = Math.max(this.due, now - 100) + 1000 / this.rate;
      this.show(next);
    } else if (this.end !== null && next > this.end.epoch) {
      this.pause();
      if (this.epoch < this.end.epoch) this.seek(this.end.epoch);
      this.notice(this.end.text);
    }
    this.pump();
  }

  show(epoch) {
    this.epoch = epoch;
    if (this.wanted === epoch) this.wanted = null;
    this.reach = Math.max(this.reach, epoch);
    this.put(this.frames, epoch);
    if (!this.goal) this.keep();
    this.editor?.show();
    this.scrubber.max = Math.max(this.reach, 1);
    this.scrubber.value = epoch;
    if (!this.playing) this.settleSoon();
  }

  /** Shows the epoch on screen as frame `index` of other arrays. */
  preview(arrays, index) {
    this.previews = (this.previews ?? 0) + 1;
    const frames = new Frames(0);
    frames.at.set(this.epoch, { chunk: { arrays }, index });
    frames.version = -this.previews;
    this.put(frames, this.epoch);
  }

  put(frames, epoch) {
    for (const panel of this.shown) panel.show(frames, epoch, this.reach);
    for (const { name, digits, unit } of this.readouts) {
      const [value] = frames.read(epoch, `readout/${name}`).values;
      const place = this.root.querySelector(`[data-testid="${name}"]`);
      place.firstChild.data = plain(value, digits, unit);
      if (digits !== undefined) place.parentElement.style.visibility = Number.isFinite(value) ? "" : "hidden";
    }
  }

  /** Hands the data to Plotly once nothing has changed for a moment: first where it is pointed at, elsewhere later, as that takes a while. */
  settleSoon() {
    this.settling.forEach(clearTimeout);
    const pointed = () => this.shown.filter(({ frame }) => frame.matches(":hover"));
    this.settling = [setTimeout(() => this.settle(pointed()), SETTLE), setTimeout(() => this.settle(this.shown), IDLE)];
  }

  async settle(panels) {
    for (const panel of panels) if (panel.painter && !this.playing) await panel.settle();
  }

  /** The spans [first, count, stride] of epochs that are missing. */
  wants() {
    const { frames, epoch, stride, rate } = this;
    if (this.wanted !== null) return [[Math.max(this.wanted - 4, 0), 24, 1]];
    if (this.strokes.some(({ asks }) => asks)) return [[epoch, Math.ceil(Math.max(2 * rate * CHUNK, 24)), stride]]; // other figures come, with other frames
    if (!frames.has(epoch)) return [[Math.max(epoch - 8, 0), 32, 1]];
    if (this.playing) {
      const count = Math.ceil(Math.max(rate * CHUNK, 4));
      const held = frames.ahead(epoch, stride, 2 * count);
      return held < count + 1 ? [[epoch + held * stride, count, stride]] : [];
    }
    if (this.latest < epoch) return [[epoch, 1, 1]];
    const left = (this.end?.epoch ?? Infinity) - epoch + 1; // there are no more
    const held = [frames.ahead(epoch, 1, 12), frames.ahead(epoch, -1, Math.min(6, epoch + 1))];
    if (held[0] < Math.min(8, left) || held[1] < Math.min(4, epoch + 1)) return [[Math.max(epoch - 10, 0), 34, 1]];
    return [];
  }

  /** What is to be explained of the epoch on screen, if the walk is in front. */
  get explained() {
    const walk = this.panels.get("walk");
    return walk && this.shown.includes(walk) ? walk.asked : null;
  }

  /** Where the viewer is, as far as the server has to know. */
  get here() {
    return `${this.run}:${this.epoch}:${JSON.stringify([this.explained, this.editor?.vary ?? null, this.looked?.key])}`;
  }

  /** Asks for what is missing, unless an answer is under way. */
  pump() {
    if (!this.scene || this.goal || this.waiting) return;
    const last = this.end?.epoch ?? Infinity;
    const want = this.wants().filter(([first]) => first <= last);
    const rested = !this.playing && this.wanted === null && this.told !== this.here;
    const pointed = !this.playing && this.looked?.unanswered;
    if (want.length || this.strokes.length || this.pinning.length || this.editor?.edits.length || this.spare || pointed) this.request(want);
    else if (rested) this.rest();
  }

  /** Tells the server, once the viewer has come to rest, which epoch is on screen. */
  rest() {
    clearTimeout(this.resting);
    this.busy(true);
    this.resting = setTimeout(() => {
      if (!this.playing && !this.waiting && this.told !== this.here) this.request();
      else if (!this.waiting) this.busy(false);
    }, SETTLE);
  }

  /** The page says whether there is something that the server still has to hear or to answer. */
  busy(something) {
    this.root.querySelector(".player").toggleAttribute("data-waiting", something);
  }

  request(want = this.wants()) {
    if (this.turning) return; // a request would overtake the controls
    this.asked += 1;
    this.waiting = performance.now();
    this.busy(true);
    this.told = this.playing ? "" : this.here;
    const { scene, playing, goal, explained, looked, lost } = this;
    const run = lost?.asked ? lost.run : this.run;
    const at = this.brink ?? this.epoch;
    const strokes = this.strokes.map(({ id, table, x, y, value, erase, asks }) => ({ id, table, x, y, value, erase, asks }));
    const look = looked && { panel: looked.name, chosen: looked.chosen };
    this.send("request", { id: this.asked, theme: this.theme, scene, run, at, playing, promised: this.brink !== null, want: goal ? [] : want, goal, strokes, edits: this.latest < this.epoch ? [] : this.editor?.edits ?? [], walk: explained, vary: this.editor?.missing ?? null, look, figure: looked?.held ?? "", pointed: looked?.point() ?? [], link: this.link.id ?? "", pins: this.pinning, pinned: this.pinned.id, copy: this.spare, restore: lost?.asked ? lost.field : null });
    this.unanswered("resending", () => this.request());
    this.slow = setTimeout(() => this.status(this.goal || this.playing || this.wanted !== null ? "training …" : ""), 400);
  }

  answered() {
    clearTimeout(this.resending);
    clearTimeout(this.slow);
    Object.assign(this, { waiting: 0, brink: null });
    this.busy(false);
    if (!this.goal) this.status("");
    if (this.wanted !== null && this.frames.has(this.wanted)) this.show(this.wanted);
    else if (this.wanted !== null && this.end !== null && this.wanted > this.end.epoch) {
      this.notice(this.end.text);
      this.seek(this.end.epoch);
    }
  }

  /** A server that is new to this viewer speaks first, unless Streamlit had the page run last as a whole: then it does not ask it to. */
  joined() {
    clearTimeout(this.resending);
    this.unanswered("calling", () => this.address.tell());
  }

  /** Does something unless an answer comes meanwhile; a server that is at it gets its time, however slow it is. */
  unanswered(timer, task) {
    clearTimeout(this[timer]);
    this[timer] = setTimeout(() => (this.address.running ? this.unanswered(timer, task) : task()), PATIENCE);
  }

  label() {
    const running = this.playing || this.goal !== null;
    this.root.querySelector(".player").classList.toggle("running", running);
    this.control("play").setAttribute("aria-label", running ? "Pause" : "Play");
    this.slot("play").textContent = running ? "Pause" : "Play";
  }

  /** Says what is going on. */
  status(text) {
    this.doing = text;
    if (!this.passing) this.slot("status").textContent = text;
  }

  /** Says what has been done, long enough to be read whatever begins or ends meanwhile. */
  confirm(text) {
    clearTimeout(this.passing);
    this.slot("status").textContent = text;
    this.passing = setTimeout(() => {
      this.passing = null;
      this.status(this.doing);
    }, PASSING);
  }

  notice(text) {
    this.slot("notice").textContent = text;
    this.slot("notice").hidden = !text;
  }

  /** Another element of the page becomes its place. */
  move(root) {
    root.querySelector(".player").replaceWith(this.root.querySelector(".player"));
    this.root = root;
  }

  destroy() {
    this.stop.abort();
    this.observer.disconnect();
    this.address.leave();
    for (const timer of [...this.settling, this.resting, this.resending, this.calling, this.slow, this.passing]) clearTimeout(timer);
    cancelAnimationFrame(this.ticking);
    this.playing = false;
    for (const panel of this.panels.values()) panel.destroy();
  }
}

/** The arrays whose names begin with a prefix, by the rest of them; null: there are none. */
function under(prefix, arrays) {
  const found = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  return found.length ? Object.fromEntries(found.map(([name, array]) => [name.slice(prefix.length), array])) : null;
}

let player; // the one on the page, or that was there a moment ago

export default function ({ data, parentElement, setTriggerValue }) {
  // A run of the page that overtakes another can make Streamlit mount the component anew: the player moves there as it is.
  if (player && !player.root.isConnected) player.move(parentElement);
  else if (player?.root !== parentElement) player = new Player(parentElement);
  player.receive(data, setTriggerValue);
  const left = player;
  return () => setTimeout(() => {
    if (left.root.isConnected) return;
    left.destroy();
    if (player === left) player = null;
  }, ABSENCE);
}
