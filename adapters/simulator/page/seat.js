// A seat: whose chat it is, the chat, and what can be said in it.

import { Chat } from "./chat.js";
import { known } from "./clock.js";
import { fresh, make, problem } from "./dom.js";
import { face, position } from "./people.js";

export class Seat {
  /** `on` has change(), leave() and arrived(), each called with this seat. */
  constructor(person, people, words, on) {
    this.person = person;
    this.problem = problem();
    this.messages = make("ol", { className: "messages", "aria-label": "Messages", tabIndex: 0 });
    const title = fresh("seat");
    this.node = make(
      "section", { className: "seat", "aria-labelledby": title },
      this.header(title, on), this.messages, this.composer(words),
    );
    this.chat = new Chat(person, people, this.messages, () => on.arrived(this));
  }

  async open() {
    try {
      await this.chat.open();
    } catch (wrong) {
      this.problem.textContent = wrong.message;
    }
  }

  header(title, on) {
    const { name } = this.person;
    return make(
      "header", { className: "who" },
      face(this.person),
      make(
        "div", {},
        make("h2", { id: title }, unseen("Chat of "), name, unseen(" with ITPulse")),
        make("p", { className: "small", textContent: `${position(this.person)} · ${place(this.person)}` }),
      ),
      make("button", { type: "button", className: "plain change", onclick: () => on.change(this) },
        "Change", unseen(` from ${name} to somebody else`)),
      make("button", { type: "button", className: "plain leave", onclick: () => on.leave(this) },
        "Close", unseen(` the chat of ${name}`)),
    );
  }

  composer(words) {
    this.typed = make("input", {
      id: fresh("typed"), autocomplete: "off", placeholder: "Write to ITPulse",
      oninput: () => { this.problem.textContent = ""; },
    });
    const hint = make("p", { className: "small hint", id: fresh("hint"), textContent: advice(this.person) });
    const offered = words.map(({ text, says }) =>
      make("button", { type: "button", title: says, onclick: () => this.say(text), textContent: text }));
    return make(
      "form", { className: "composer", onsubmit: (event) => this.sendTyped(event) },
      this.problem,
      hint,
      make("div", { className: "words", role: "group", "aria-label": "Words you can send" }, ...offered),
      make("label", { htmlFor: this.typed.id, className: "unseen" }, `Message to ITPulse as ${this.person.name}`),
      make("div", { className: "line" }, this.typed,
        make("button", { type: "submit", className: "main", textContent: "Send" })),
    );
  }

  async say(text) {
    this.problem.textContent = "";
    try {
      const turn = await this.chat.turn({ text });
      this.problem.textContent = turn.refusal ?? "";
      return !turn.refusal;
    } catch (failed) {
      this.problem.textContent = failed.message;
      return false;
    }
  }

  async sendTyped(event) {
    event.preventDefault();
    const text = this.typed.value.trim();
    if (!text || this.saying) return;
    this.saying = true;
    if (await this.say(text)) this.typed.value = "";
    this.saying = false;
  }
}

const unseen = (text) => make("span", { className: "unseen", textContent: text });
const place = (person) => known(person.zone).split("/").at(-1).replaceAll("_", " ");

function advice({ roles }) {
  if (roles.includes("admin")) return "Try first: pulse, then “New pulse”. Then people, cadence and roles; audit says what was done.";
  if (roles.length) return "Try first: summary, then trend. Then push the clock until the round closes.";
  return "Try first: answer the card above. No card? Press next.";
}
