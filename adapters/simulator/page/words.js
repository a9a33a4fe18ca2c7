// Words to send by one press: what everybody may say, or for IT what only IT may, and a few beside.

const BESIDE = ["audit", "help"];
// What is said most comes first; a word that is not here comes after these.
const ORDER = ["next", "summary", "trend", "themes", "voices", "compare", "pulse", "grumble", "privacy", "pause", "audit", "help", "forget"];
// Words that say what they are for only with what follows them.
const NEVER_ALONE = ["compare", "forget"];
// The card of a pause has a button for this.
const LEFT_OUT = ["resume"];
// What an admin begins with.
const ADMINS = ["pulse", "people", "cadence", "roles"];
// The card of pulses has a button for this.
const NO_EXAMPLE = ["pulse"];
// An admin has so many words that their examples would bury them.
const isAdmin = (roles) => roles.includes("admin");

/** `[{ text, says }]` of what somebody may say; `words` as the simulator lists them. */
export function wordsFor({ roles }, words) {
  const known = words.filter(({ word }) => !LEFT_OUT.includes(word));
  const may = known.filter(({ needs }) => !needs || roles.includes(needs) || roles.includes("admin"));
  const own = may.filter(({ needs }) => needs);
  const common = may.filter(({ word, needs }) => !needs && (!own.length || BESIDE.includes(word)));
  const order = isAdmin(roles) ? [...ADMINS, ...ORDER] : ORDER;
  return [...own, ...common].sort((a, b) => rank(order, a) - rank(order, b)).flatMap(({ word, examples, says }) => {
    const alone = !NEVER_ALONE.includes(word);
    const more = alone && (isAdmin(roles) || NO_EXAMPLE.includes(word)) ? [] : examples.map((example) => `${word} ${example}`);
    return [...(alone ? [word] : []), ...more].map((text) => ({ text, says }));
  });
}

const rank = (order, { word }) => (order.includes(word) ? order.indexOf(word) : order.length);
