// How many rows of a CSV file have come, while it comes.

const CR = 13;
const LF = 10;

/** Counts line ends over pieces, also where one is cut in two between them. */
export class LineCounter {
  constructor() {
    this.lines = 0;
    this.last = 0;
  }

  /**
   * @param {Uint8Array} piece
   * @returns {number} the line ends that have come so far
   */
  take(piece) {
    for (const byte of piece) {
      if (byte === LF && this.last === CR) this.lines += 1;
      this.last = byte;
    }
    return this.lines;
  }
}

/**
 * The name that the server gives a file.
 * @param {string | null} disposition  the header Content-Disposition
 * @returns {string} "" where it is no file
 */
export function fileName(disposition) {
  return /^attachment; filename="([\w.-]+)"$/.exec(disposition ?? "")?.[1] ?? "";
}
