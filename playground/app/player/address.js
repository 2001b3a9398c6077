// Address: what the player itself keeps in the address bar beside the controls: the epoch, the panels in front, the sample.
//
// Streamlit replaces the address when a control changes. Here that becomes a step of the browser's history, so that back
// and forward lead from one setting to the other.

const PAUSE = 500; // milliseconds between two changes of the address, which browsers limit
const KEPT = ["epoch", "front", "sample", "state"];
const FRAME = ["hide", "projector", "embed", "embed_options"]; // how the page is shown, whatever is on it

/** Some parameters of a search as a text, or all others. */
function part(search, names, others = false) {
  const found = [...new URLSearchParams(search)].filter(([name]) => names.includes(name) !== others);
  return JSON.stringify(found.sort());
}

class Address {
  constructor() {
    this.written = performance.now();
    this.read();
  }

  /** What the address says now is what is on screen, or will be. */
  read() {
    const asked = new URLSearchParams(window.location.search);
    this.field = asked.get("state") ?? ""; // what the server keeps there
    this.epoch = Math.min(Math.max(Math.trunc(Number(asked.get("epoch"))) || 0, 0), 1e7);
    this.front = (asked.get("front") ?? "").split(",");
    this.sample = Math.max(Math.trunc(Number(asked.get("sample"))) || 1, 1);
    this.partial = window.history.state?.partial === true; // there was more than it could hold
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
    const controls = (href) => part(new URL(href).search, [...KEPT, ...FRAME], true);
    const [before, state] = [this.href, { ...history.state, partial: this.partial }];
    if (controls(before) !== controls(address.href)) {
      if (before !== location.href) history.replaceState(history.state, "", before);
      history.pushState(state, "", address);
    } else if (address.href !== location.href) history.replaceState(state, "", address);
    this.settle();
  }

  /** Goes to what a query says of the controls, as a step of the browser's history. */
  go(query) {
    this.write();
    const address = new URL(window.location.href);
    const kept = [...address.searchParams].filter(([name]) => FRAME.includes(name));
    address.search = query;
    for (const [name, value] of kept) address.searchParams.append(name, value);
    window.history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }
}
