import type { Browser } from 'playwright-core';

/** Something that was measured several times. */
export interface Figure {
  readonly name: string;
  /** Milliseconds, one for each time. */
  readonly seen: readonly number[];
  /** Milliseconds that are aimed at; it is met when the median is below. */
  readonly target?: number;
  /** Milliseconds below which the browser tells nothing, and `seen` has 0. */
  readonly least?: number;
}

export interface Site {
  /** Of a server with an inspector and without limits. */
  readonly url: string;
  readonly browser: Browser;
}

export type Measurement = (site: Site) => Promise<Figure[]>;
