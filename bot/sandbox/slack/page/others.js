// Whom else the app has written to meanwhile: a dot beside that person says "look from there".

const SETTLE_MS = 1500;

/** Watches the other people's conversations with the app. `changed()` is called when a dot comes or goes. */
export class Others {
  #ws;
  #changed;
  #seen = new Map();
  #timer = null;
  waiting = new Set();

  constructor(ws, changed) {
    this.#ws = ws;
    this.#changed = changed;
  }

  /** Forget what was seen (the workspace was reset). */
  clear() {
    this.#seen.clear();
    this.waiting.clear();
    this.soon();
  }

  /** Look once things have settled; many calls make one look. */
  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), SETTLE_MS);
  }

  async #look() {
    if (document.hidden || !this.#ws.viewer) return;
    const before = [...this.waiting].join();
    for (const user of this.#ws.people) {
      const newest = await this.#ws.newestFromApp(user).catch(() => null);
      if (newest === null) continue;
      const seen = this.#seen.get(user.id);
      if (seen === undefined || user.id === this.#ws.viewer.id) {
        this.#seen.set(user.id, newest);
        this.waiting.delete(user.id);
      } else if (newest > seen) this.waiting.add(user.id);
    }
    if ([...this.waiting].join() !== before) this.#changed();
  }
}
