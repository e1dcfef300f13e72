// Asking while somebody types: after a short rest, and an answer that comes late is not shown over a newer one.

/**
 * @template Answer
 * @param {() => Promise<Answer>} question
 * @param {number} [rest]  milliseconds without typing
 * @param {(run: () => void, after: number) => unknown} [later]
 * @returns {(show: (answer: Answer) => void) => void}
 */
export function latest(question, rest = 200, later = setTimeout) {
  let turn = 0;
  return (show) => {
    const own = ++turn;
    later(async () => {
      if (own !== turn) return;
      try {
        const answer = await question();
        if (own === turn) show(answer);
      } catch {
        // The page works without this: what is wrong is said after sending, too.
      }
    }, rest);
  };
}
