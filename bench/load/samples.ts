/** Numbers of which there may be millions. */
export class Samples {
  #values = new Float64Array(1024);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float64Array(2 * this.#size);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  clear(): void {
    this.#size = 0;
  }

  /** @param part from 0 to 1 */
  quantile(part: number): number {
    const sorted = this.#values.slice(0, this.#size).sort();
    return sorted[Math.min(this.#size - 1, Math.floor(this.#size * part))] ?? 0;
  }
}
