/** A life cycle as a table: from each state, the states that may follow. State diagrams in docs/ are made from it. */
export type LifeCycle<S extends string> = Readonly<Record<S, readonly S[]>>;

export class IllegalStep extends Error {
  constructor(
    readonly thing: string,
    readonly from: string,
    readonly to: string,
  ) {
    super(`${thing}: ${from} → ${to} is not a step of its life cycle`);
    this.name = 'IllegalStep';
  }
}

/** Throws {@link IllegalStep} unless `to` may follow `from`. Being told the state one is in already is a success. */
export function step<S extends string>(thing: string, cycle: LifeCycle<S>, from: S, to: S): S {
  if (from !== to && !cycle[from].includes(to)) throw new IllegalStep(thing, from, to);
  return to;
}

export function canStep<S extends string>(cycle: LifeCycle<S>, from: S, to: S): boolean {
  return from === to || cycle[from].includes(to);
}
