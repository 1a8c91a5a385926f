/**
 * Where the tracker learns what the visitor has chosen: the option `consent` takes one.
 *
 * It is called once, and calls `decide` with `true` when the visitor has granted, with `false` when he has refused, and
 * with `undefined` when his choice is open (again). Until it calls, the choice is open. It calls at once for a returning
 * visitor, and at every change. It returns its undo, if it has one.
 */
export type ConsentSource = (
  decide: (isGranted: boolean | undefined) => void,
) => (() => void) | void;
