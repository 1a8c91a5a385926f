/** Names with their values, made one after another as they are read. Read once. */
export type Entries<Value> = Iterable<readonly [name: string, value: Value]>;
