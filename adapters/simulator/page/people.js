// Who you are: a few to begin with, then everybody with an account.

import { fresh, make } from "./dom.js";

const isBusiness = ({ roles }) => roles.length === 0;
const isAdmin = ({ roles }) => roles.includes("admin");
const isLead = (person) => !isBusiness(person) && !isAdmin(person);

const GROUPS = [["Business users", isBusiness], ["IT leads", isLead], ["Admins", isAdmin]];
// A company may have thousands: so many of those found.
const SHOWN_FOUND = 50;

/** What somebody is, in a few words. */
export const position = (person) =>
  person.part ?? `${person.unit || "No unit"}${isAdmin(person) ? ", admin" : isLead(person) ? ", IT lead" : ""}`;

/** People worth beginning with: those the company suggests, or else one of each group. */
export function suggested(everybody) {
  const cast = everybody.filter((person) => person.part).sort((a, b) => a.turn - b.turn);
  if (cast.length) return cast;
  return GROUPS.map(([, belongs]) => everybody.find(belongs)).filter(Boolean);
}

/** One from the business and one who reads the figures; null where there is no such pair. */
export function pair(everybody) {
  const [clerk, lead] = [isBusiness, isLead].map((belongs) => suggested(everybody).find(belongs));
  return clerk && lead ? [clerk, lead] : null;
}

/** The choice of a person, with `heading` (an element) above it; `choose` gets who was picked. */
export function picker(everybody, chosen, heading, choose) {
  const search = make("input", { type: "search", id: fresh("search"), autocomplete: "off", spellcheck: false });
  const found = make("p", { className: "small", role: "status" });
  const list = make("div", { className: "people" });
  const draw = () => drawPeople(list, found, everybody, search.value.trim(), chosen, choose);
  search.oninput = draw;
  draw();
  return [
    heading,
    make("label", { htmlFor: search.id, className: "small" }, `Find any of ${everybody.length.toLocaleString("en")} people by name, unit or e-mail`),
    search, found, list,
  ];
}

function drawPeople(list, found, everybody, searched, chosen, choose) {
  const row = (person) => drawPerson(person, chosen, choose);
  if (!searched) {
    found.textContent = "";
    list.replaceChildren(make("ul", { className: "cast" }, ...suggested(everybody).map(row)));
    return;
  }
  const words = searched.toLowerCase().split(/\s+/);
  const hits = everybody.filter((person) => matches(person, words));
  found.textContent = `${hits.length} of ${everybody.length} people`;
  const groups = GROUPS.map(([title, belongs]) => group(title, hits.filter(belongs), row));
  list.replaceChildren(...groups.filter(Boolean));
}

function matches(person, words) {
  const text = `${person.name} ${person.unit} ${person.email}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function group(title, members, row) {
  if (!members.length) return null;
  const rest = members.length - SHOWN_FOUND;
  return make(
    "section", {},
    make("h3", { textContent: title }),
    make("ul", {}, ...members.slice(0, SHOWN_FOUND).map(row)),
    rest > 0 ? make("p", { className: "small", textContent: `and ${rest} more: search for them` }) : null,
  );
}

function drawPerson(person, chosen, choose) {
  const isChosen = chosen.some((each) => each.id === person.id);
  const button = make(
    "button",
    {
      type: "button", className: "person", onclick: () => choose(person),
      "aria-current": isChosen ? "true" : null,
    },
    face(person),
    make("span", { className: "name", textContent: person.name }),
    make("span", { className: "small", textContent: isChosen ? `${position(person)} · sits here` : position(person) }),
  );
  return make("li", {}, button);
}

/** Initials on a disc; the name beside it says the same, so it is not read out. */
export function face(person) {
  const words = person.name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => (w ?? "").slice(0, 1));
  return make("span", { className: "face", "aria-hidden": "true", textContent: initials.join("") });
}
