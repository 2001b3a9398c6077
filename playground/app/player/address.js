// Address: what the player itself keeps in the address bar beside the controls: the epoch, what is looked at, the pace.
//
// Streamlit replaces the address when a control changes. Here that becomes a step of the browser's history, so that back
// and forward lead from one setting to the other.

const PAUSE = 500; // milliseconds between two changes of the address, which browsers limit
const KEPT = ["epoch", "front", "log", "neurons", "sample", "speed", "stride", "state"];
const FRAME = ["hide", "projector", "embed", "embed_options"]; // how the page is shown, whatever is on it
const CONNECTION = "data-test-connection-state"; // where Streamlit says whether it has a server
const SCRIPT = "data-test-script-state"; // likewise, whether that runs the page
const TAB = "tab"; // below the figures: no step of its own

/** Some parameters of a search as a text, or all others. */
function part(search, names, others = false) {
  const found = [...new URLSearchParams(search)].filter(([name]) => names.includes(name) !== others);
  return JSON.stringify(found.sort());
}

class Address {
  /** `joined` is called when Streamlit has a server again. */
  constructor(joined) {
    this.written = performance.now();
    this.read();
    this.page = document.querySelector(`[${CONNECTION}]`);
    this.observer = new MutationObserver(() => (this.page.getAttribute(CONNECTION) === "CONNECTED" ? joined() : this.tell()));
    if (this.page) this.observer.observe(this.page, { attributeFilter: [CONNECTION] });
  }

  /** Whether the server runs the page, and so is about to say something. */
  get running() {
    return this.page?.getAttribute(SCRIPT) === "running";
  }

  /** What the address says now is what is on screen, or will be. */
  read() {
    const asked = new URLSearchParams(window.location.search);
    const { partial, held } = window.history.state ?? {};
    this.field = partial ? null : held?.field ?? asked.get("state") ?? ""; // what the server keeps there; null: it was too much
    this.epoch = held?.epoch ?? Math.min(Math.max(Math.trunc(Number(asked.get("epoch"))) || 0, 0), 1e7);
    this.front = (asked.get("front") ?? "").split(",");
    this.log = (asked.get("log") ?? "").split(",");
    this.neurons = (asked.get("neurons") ?? "").split(",").filter(Boolean).map(Number).filter(Number.isInteger);
    this.pace = ["speed", "stride"].map((name) => [name, asked.get(name)]);
    this.sample = Math.max(Math.trunc(Number(asked.get("sample"))) || 1, 1);
    this.values = null;
    this.settle();
    return this;
  }

  /** What the controls say now is no step from what they said before. */
  settle() {
    this.href = window.location.href;
  }

  /** Whether the page alone is shown in another way than before. */
  get reframed() {
    return part(new URL(this.href).search, FRAME) !== part(window.location.search, FRAME);
  }

  /** Whether these are its controls, as pairs of a name and a value. */
  says(query) {
    return part(new URLSearchParams(query), [], true) === part(window.location.search, [...KEPT, ...FRAME, TAB], true);
  }

  /** Keeps these soon: what is usual is left out. */
  keep(values, partial) {
    Object.assign(this, { values, partial });
    this.waiting ??= setTimeout(() => this.write(), Math.max(PAUSE - (performance.now() - this.written), 0));
  }

  write() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (!this.values) return;
    this.written = performance.now();
    const { history, location } = window;
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(this.values)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    const controls = (href) => part(new URL(href).search, [...KEPT, ...FRAME, TAB], true);
    const [before, state] = [this.href, { partial: this.partial }];
    if (controls(before) !== controls(address.href)) {
      if (before !== location.href) history.replaceState(history.state, "", before);
      history.pushState(state, "", address);
    } else if (address.href !== location.href || history.state?.held) history.replaceState(state, "", address);
    this.settle();
  }

  /** Goes to what a query says of the controls, as a step of the browser's history; the server holds the rest. */
  go(query, held) {
    this.write();
    const address = new URL(window.location.href);
    const kept = [...address.searchParams].filter(([name]) => [...FRAME, TAB].includes(name));
    address.search = query;
    for (const [name, value] of kept) address.searchParams.append(name, value);
    window.history.pushState({ held }, "", address);
    this.announce();
  }

  /** Lets Streamlit set the controls by the address. */
  announce(state = window.history.state) {
    window.dispatchEvent(new PopStateEvent("popstate", { state }));
  }

  /** Streamlit takes note of the address: the next server begins with all that it says, or the one it has runs the page by it. */
  tell() {
    this.write();
    this.announce({ told: true });
  }

  leave() {
    this.observer.disconnect();
  }
}

/** Copies a text, in the old way where the new one is refused: on a page without https, or in another page's frame. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const box = Object.assign(document.createElement("textarea"), { value: text, style: "position: fixed; opacity: 0" });
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    before.focus({ preventScroll: true });
    return done;
  }
}
