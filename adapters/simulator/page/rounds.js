// What became of rounds, in sentences.

import { make } from "./dom.js";

const ENDED = {
  released: (title) => `“${title}” closed: the answers are counted and the keys are destroyed. See summary.`,
  discarded: (title) => `“${title}” closed. Nothing is published: too few answered, or it was closed too early.`,
  lost: (title) => `“${title}” was lost: its keys are gone.`,
};

const ASKS = ["answer", "skip", "answers", "later", "decline", "review"];
const GOING = ["preparing", "open"];
let over = new Set();

/** Keeps in mind which rounds are over; “rounds” is dispatched where that has changed. */
export function noteRounds(rounds) {
  const ids = rounds.filter(({ state }) => !GOING.includes(state)).map(({ id }) => id);
  if (ids.length === over.size && ids.every((id) => over.has(id))) return;
  over = new Set(ids);
  dispatchEvent(new Event("rounds"));
}

/** Whether a part only asks for answers to a round that takes none any more. */
export function isOver(part) {
  const refs = part.buttons ? part.buttons.map(({ ref }) => ref) : [part.ref];
  return refs.length > 0 && refs.every((ref) => {
    const [verb, round] = (ref ?? "").split("|");
    return ASKS.includes(verb) && over.has(round);
  });
}

const roomy = (textContent) => make("span", { className: "roomy", textContent });

/** The rounds that are open now, a sentence each; a narrow screen shows the middle of it. */
export function openNow(rounds, spoken) {
  const open = rounds.filter((round) => round.state === "open" && !round.box);
  if (!open.length) return ["No round is open."];
  return open.flatMap((round) => [
    roomy(`“${round.title}” `), `closes on ${spoken(round.closes)}`, roomy(", after the last time zone."), " ",
  ]);
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
