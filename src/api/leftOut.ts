/** An item of a list that is left out, because a field that is essential to it could not be read. */
export interface LeftOut {
  /** The first such field and its expected type, e.g. `pat is not boolean`. Contains no value, so it may be logged. */
  readonly fault: string;
  /** Its own id, unless that could not be read or is empty. */
  readonly id?: string;
  /** The id of the runner it belongs to, unless that could not be read or is empty. */
  readonly runnerId?: string;
}
