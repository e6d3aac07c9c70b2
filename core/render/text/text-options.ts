/** How a report is laid out on a terminal. */
export interface TextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Shows every line of evidence, every finding in full and the list of causes that were ruled out. */
  verbose: boolean;
}
