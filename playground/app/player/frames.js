// Frames: a message taken apart, and the frames of one run that are held, by epoch.

const TYPES = { u1: Uint8Array, f4: Float32Array, f8: Float64Array };

/** {header, arrays: {name: {values, size, shape}}}; `size` is the number of values of one frame. */
function unpack(bytes) {
  const raw = bytes.slice().buffer; // aligned, and the message itself can be let go
  const length = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
  const arrays = {};
  for (const [name, { type, shape, at }] of Object.entries(header.arrays)) {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = new TYPES[type](raw, 4 + length + at, count);
    arrays[name] = { values, shape: shape.slice(1), size: shape[0] ? count / shape[0] : 0 };
  }
  return { header, arrays, bytes: raw.byteLength };
}

class Frames {
  constructor(budget) {
    this.budget = budget;
    this.version = 0;
    this.clear();
  }

  /** Forgets all; within a version, an epoch has the same frame whenever it comes. */
  clear() {
    this.version++;
    this.at = new Map(); // epoch -> {chunk, index}
    this.chunks = new Set();
    this.bytes = 0;
  }

  has(epoch) {
    return this.at.has(epoch);
  }

  /** Whether an epoch is held with these arrays. */
  holds(epoch, names) {
    return names.every((name) => name in this.at.get(epoch).chunk.arrays);
  }

  /** How many frames are held without a gap: epoch, epoch + stride, … */
  ahead(epoch, stride, most) {
    let count = 0;
    while (count < most && this.at.has(epoch + count * stride)) count++;
    return count;
  }

  nearest(epoch) {
    let best = null;
    for (const held of this.at.keys()) if (best === null || Math.abs(held - epoch) < Math.abs(best - epoch)) best = held;
    return best;
  }

  add(epochs, arrays, bytes, centre, key) {
    const chunk = { arrays, bytes, epochs, key };
    epochs.forEach((epoch, index) => this.at.set(epoch, { chunk, index }));
    this.chunks.add(chunk);
    this.bytes += bytes;
    const distance = ({ epochs: e }) => Math.max(e[0] - centre, centre - e[e.length - 1], 0);
    while (this.bytes > this.budget && this.chunks.size > 2) {
      this.drop([...this.chunks].reduce((far, other) => (distance(other) > distance(far) ? other : far)));
    }
  }

  drop(chunk) {
    this.chunks.delete(chunk);
    this.bytes -= chunk.bytes;
    for (const epoch of chunk.epochs) if (this.at.get(epoch)?.chunk === chunk) this.at.delete(epoch);
  }

  /** Forgets the frames that lack the arrays of what is looked at. */
  keep(key) {
    for (const chunk of [...this.chunks]) if (chunk.key !== key) this.drop(chunk);
  }

  /** Forgets an epoch and what comes after it. */
  cut(epoch) {
    this.version++;
    for (const held of [...this.at.keys()]) if (held >= epoch) this.at.delete(held);
  }

  /** The array of one frame: a view for bytes and floats, floats anew for a picture, see wire.py. */
  read(epoch, name) {
    const { chunk, index } = this.at.get(epoch);
    const array = chunk.arrays[name];
    const values = array.values.subarray(index * array.size, (index + 1) * array.size);
    const scale = chunk.arrays[`${name}:scale`];
    if (!scale) return { values, shape: array.shape };
    const [centre, reach] = scale.values.subarray(2 * index, 2 * index + 2);
    const picture = new Float32Array(values.length);
    for (let i = 0; i < picture.length; i++) {
      const s = (values[i] - 127) / 127;
      picture[i] = centre + reach * s * Math.abs(s);
    }
    return { values: picture, shape: array.shape };
  }
}
