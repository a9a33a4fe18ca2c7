// Words to send by one press: what everybody may say, or for IT what only IT may, and a few beside.

const BESIDE = ["audit", "help"];
// What is said most comes first; a word that is not here comes after these.
const ORDER = ["next", "summary", "trend", "themes", "voices", "compare", "grumble", "privacy", "audit", "pause", "resume", "help"];
// A word that says nothing by itself.
const NEVER_ALONE = ["compare"];

/** `[{ text, says }]` of what somebody may say; `words` as the simulator lists them. */
export function wordsFor({ roles }, words) {
  const may = words.filter(({ needs }) => !needs || roles.includes(needs) || roles.includes("admin"));
  const own = may.filter(({ needs }) => needs);
  const common = may.filter(({ word, needs }) => !needs && (!own.length || BESIDE.includes(word)));
  return [...own, ...common].sort((a, b) => rank(a) - rank(b)).flatMap(({ word, examples, says }) =>
    [...(NEVER_ALONE.includes(word) ? [] : [word]), ...examples.map((example) => `${word} ${example}`)]
      .map((text) => ({ text, says })));
}

const rank = ({ word }) => (ORDER.includes(word) ? ORDER.indexOf(word) : ORDER.length);
