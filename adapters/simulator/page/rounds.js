// What became of rounds, in sentences.

const ENDED = {
  released: (title) => `“${title}” closed: the answers are counted and the keys are destroyed. See summary.`,
  discarded: (title) => `“${title}” closed. Too few answered, so nothing is published.`,
  lost: (title) => `“${title}” was lost: its keys are gone.`,
};

/** The rounds that are open now, as one sentence. */
export function openNow(rounds, spoken) {
  const open = rounds.filter((round) => round.state === "open" && !round.box);
  if (!open.length) return "No round is open.";
  return open.map((round) => `“${round.title}” is open until ${spoken(round.closes)} at the latest.`).join(" ");
}

/** What changed between two lists of rounds, a sentence each. */
export function happened(before, after) {
  const was = new Map(before.map((round) => [round.id, round.state]));
  return after
    .filter((round) => !round.box && round.state !== was.get(round.id))
    .map((round) => ENDED[round.state]?.(round.title) ?? opened(round))
    .filter(Boolean);
}

const opened = (round) => (round.state === "open" ? `“${round.title}” opened.` : "");
