// Address: what the player itself keeps in the address bar beside the controls: the epoch, the panels in front, the sample.

const PAUSE = 500; // milliseconds between two changes of the address, which browsers limit

class Address {
  constructor() {
    const asked = new URLSearchParams(window.location.search);
    this.field = asked.get("state") ?? ""; // what the server keeps there
    this.epoch = Math.min(Math.max(Math.trunc(Number(asked.get("epoch"))) || 0, 0), 1e7);
    this.front = (asked.get("front") ?? "").split(",");
    this.sample = Math.max(Math.trunc(Number(asked.get("sample"))) || 1, 1);
    this.written = performance.now();
  }

  /** Keeps these soon: what is usual is left out. */
  keep(values) {
    this.values = values;
    this.waiting ??= setTimeout(() => this.write(), Math.max(PAUSE - (performance.now() - this.written), 0));
  }

  write() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (!this.values) return;
    this.written = performance.now();
    const address = new URL(window.location.href);
    for (const [name, value] of Object.entries(this.values)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
  }
}
