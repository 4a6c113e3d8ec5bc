/** What the bench measures: each scenario is one kind of load, put on several entrants in turn. */
export interface Scenario {
  /** By which `npm run bench -- NAME` finds it. */
  readonly name: string;
  readonly title: string;
  /** What its costs are counted by: "delivery", "message". */
  readonly unit: string;
  readonly entrants: readonly Entrant[];
  readonly targets: readonly Target[];
  /** How often the entrants take turns in a round; what else the machine does then meets all alike. */
  readonly turns: number;
  /**
   * How many entrants run at the same time, in their order; all of them when it is not said. Fewer are needed where there
   * are too many connections.
   */
  readonly together?: number;
  /** The figure that the picture shows. */
  readonly shows: FigureName;
}

export interface Entrant {
  readonly label: string;
  open(): Promise<Trial>;
}

/** One entrant in one round. */
export interface Trial {
  take(): Promise<void>;
  /** Rejects when something was lost, doubled or out of order. */
  figures(): Promise<Figures>;
  end(): Promise<void>;
}

export type Figures = Partial<Record<FigureName, number>>;

/** By name: how a figure is headed, and digits behind the point. `{unit}` is the scenario's. */
export const figureNames = {
  cpu: ['CPU µs per {unit}', 2],
  rate: ['{units}/s', 0],
  p50: ['p50 ms', 1],
  p99: ['p99 ms', 1],
  wall: ['most ms by the wall', 1],
  max: ['most ms', 1],
  resident: ['resident KiB per {unit}', 1],
  heap: ['heap KiB per {unit}', 1],
  bytes: ['bytes per {unit}', 0],
  before: ['heap MiB before', 2],
  full: ['heap MiB full', 2],
  after: ['heap MiB after', 2],
  growth: ['after ÷ before', 3],
  ready: ['ready ms', 0],
  without: ['p99 ms without', 1],
  p99Ratio: ['p99 ÷ without', 2],
  driver: ['driver busy %', 0],
} as const;
export type FigureName = keyof typeof figureNames;

/** A figure's name in a scenario. */
export function headOf({ unit }: Scenario, figure: FigureName): string {
  const units = unit.endsWith('y') ? `${unit.slice(0, -1)}ies` : `${unit}s`;
  return figureNames[figure][0].replace('{units}', units).replace('{unit}', unit);
}

/** What is aimed at: a ratio to another entrant in the same round, or without one the figure itself. */
export interface Target {
  readonly figure: FigureName;
  readonly of: string;
  readonly to?: string;
  readonly most: number;
}

export interface Scale {
  readonly isQuick: boolean;
}
