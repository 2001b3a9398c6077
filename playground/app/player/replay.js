// Replay: the player in a file, with all the frames that there are, and nobody to ask for others.

class Replay extends Player {
  constructor(root) {
    super(root);
    this.address.front = [root.dataset.front];
    this.frames = new Frames(Infinity);
    this.said = new Map(); // epoch -> what is remarked on panels there
  }

  async handle(message) {
    const { epochs, said } = message.header;
    epochs.forEach((epoch, i) => this.said.set(epoch, said[i]));
    await super.handle(message);
  }

  /** The whole run can be scrubbed, and its curves be seen, from the start. */
  follow(run) {
    super.follow(run);
    this.reach = run.end.epoch;
  }

  get epochs() {
    return [...this.frames.at.keys()];
  }

  after(epoch, stride) {
    return this.epochs.find((held) => held >= epoch + stride) ?? epoch + stride;
  }

  before(epoch) {
    return this.epochs.findLast((held) => held < epoch) ?? 0;
  }

  play() {
    if (!this.playing && this.epoch === this.end.epoch) this.seek(0);
    super.play();
  }

  seek(epoch) {
    super.seek(this.frames.nearest(epoch));
  }

  show(epoch) {
    super.show(epoch);
    this.remark({ epoch, ...this.said.get(epoch) });
  }

  pause() {
    super.pause();
    this.remark({ epoch: this.epoch, ...this.said.get(this.epoch) });
  }

  runTo({ epoch, loss }) {
    this.pause();
    const found = epoch ?? this.epochs.find((held) => held >= this.epoch && this.lossAt(held) < loss);
    if (found === undefined) return this.notice("From here on, the train loss of this replay is never below that.");
    this.notice(found > this.end.epoch ? this.end.text : "");
    this.seek(found);
  }

  lossAt(epoch) {
    return this.frames.read(epoch, "readout/train-loss").values[0];
  }

  // There is nobody to ask, and so nothing to be lost: what the first message holds is shown.
  pump() {}

  request() {}

  turn() {}

  goBack() {
    this.lost = null;
    this.show(this.epoch);
  }
}

/** What an element holds, as bytes. */
async function inflated({ textContent }) {
  const packed = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function begin() {
  const replay = new Replay(document.querySelector("main"));
  try {
    replay.status("Loading …");
    const script = document.createElement("script");
    script.textContent = new TextDecoder().decode(await inflated(document.querySelector("#plotly")));
    document.head.append(script);
    for (const message of document.querySelectorAll(".message")) replay.receive(await inflated(message));
    replay.enqueue(() => replay.status(""));
  } catch (error) {
    replay.notice(`This replay cannot be shown: ${error.message}. It needs a browser of 2023 or later.`);
  }
}

begin();
