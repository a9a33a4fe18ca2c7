// One person's chat: its messages, and what their controls do.

import * as api from "./api.js";
import { heardAt, known, spoken } from "./clock.js";
import { byId, make, problem } from "./dom.js";
import { openForm } from "./form.js";
import { drawPart } from "./parts.js";
import { isOver } from "./rounds.js";

// So many announcements stay in the live region; older ones have been read.
const ANNOUNCED = 5;
// Half a year of cards would bury the one that matters: the others come when asked for.
const SHOWN_AT_FIRST = 3;
const CLOSED = "This round has closed: it takes no answers any more.";

export class Chat {
  /** `list` is where messages go; `arrived(count)` is told when new ones came. */
  constructor(person, people, list, arrived) {
    this.person = person;
    this.people = people;
    this.list = list;
    this.told = arrived;
    /** Message id -> { node, message, drawn: what is shown of it, as JSON }. */
    this.shown = new Map();
    /** Message id -> message, of those that are not shown yet. */
    this.earlier = new Map();
    this.stop = () => {};
    this.closed = false;
    this.settle = () => [...this.shown.values()].forEach(({ message }) => this.put(message));
    addEventListener("rounds", this.settle);
  }

  /** Loads the chat, then listens until `close`. */
  async open() {
    const { messages, revision } = await api.chat(this.person.id);
    if (this.closed) return;
    const folded = messages.length > SHOWN_AT_FIRST + 1 ? messages.slice(0, -SHOWN_AT_FIRST) : [];
    this.earlier = new Map(folded.map((message) => [message.id, message]));
    this.list.replaceChildren(...(folded.length ? [this.unfolder()] : []));
    for (const message of messages.slice(folded.length)) this.put(message);
    this.toTheEnd();
    this.stop = api.listen(this.person.id, revision, (message) => this.arrived([message]));
  }

  close() {
    this.closed = true;
    removeEventListener("rounds", this.settle);
    this.stop();
  }

  /** Fetches what the stream may not have brought yet. */
  async catchUp() {
    this.arrived((await api.chat(this.person.id)).messages);
  }

  get newest() {
    return Math.max(0, ...[...this.shown.keys()].map(Number));
  }

  toTheEnd() {
    [...this.shown.values()].at(-1)?.node.scrollIntoView({ block: "nearest" });
  }

  unfolder() {
    const count = this.earlier.size;
    const button = make("button", { type: "button", textContent: `Show ${count} earlier messages` });
    const line = make("li", { className: "unfold" }, button);
    button.onclick = () => {
      const earlier = [...this.earlier.values()];
      this.earlier.clear();
      line.remove();
      for (const message of earlier) this.put(message);
      this.shown.get(earlier.at(-1).id).node.focus();
    };
    return line;
  }

  /** Shows a message, in its old place if it has one; false where nothing is new about it. */
  put(message) {
    if (this.earlier.has(message.id)) {
      this.earlier.set(message.id, message);
      return false;
    }
    const drawn = JSON.stringify([message, message.parts.map(isOver)]);
    const before = this.shown.get(message.id);
    if (this.closed || before?.drawn === drawn) return false;
    const node = this.draw(message);
    this.shown.set(message.id, { node, drawn, message });
    if (before) swap(before.node, node);
    else this.list.insertBefore(node, this.following(message.id));
    return true;
  }

  following(id) {
    const later = [...this.shown.keys()].filter((other) => Number(other) > Number(id));
    return later.length ? this.shown.get(String(Math.min(...later.map(Number)))).node : null;
  }

  arrived(messages) {
    const known = new Set(this.shown.keys());
    const fresh = messages.filter((message) => this.put(message));
    const first = fresh.find((message) => !known.has(message.id));
    // The end first: where not everything fits, the beginning of what is new must be seen.
    if (first) this.list.lastElementChild.scrollIntoView({ block: "nearest" });
    if (first) this.shown.get(first.id).node.scrollIntoView({ block: "nearest" });
    const said = fresh.filter((message) => message.from === "bot");
    announce(said, this.person);
    if (said.length) this.told();
    if (fresh.length) heardAt(fresh.at(-1).at);
  }

  draw(message) {
    const mine = message.from === "me";
    const wrong = problem();
    const node = make("li", { className: `message ${message.from}`, tabIndex: -1 });
    const act = this.acting(message, node, wrong);
    const left = message.parts.filter((part) => !isOver(part));
    const isClosed = left.length < message.parts.length;
    node.append(
      make(
        "p", { className: "by small" },
        make("strong", { textContent: mine ? "You" : "ITPulse" }),
        make("time", { dateTime: message.at, textContent: spoken(message.at, known(this.person.zone)) }),
        message.changed ? make("span", { textContent: "changed" }) : null,
      ),
      make("div", { className: "card" }, ...left.map((part) => drawPart(part, act)),
        isClosed ? drawPart({ type: "fineprint", text: CLOSED }, act) : null, wrong),
    );
    return node;
  }

  /** What the controls of a message do, one at a time. */
  acting(message, node, wrong) {
    const take = async (payload) => {
      if (node.ariaBusy === "true") return;
      node.ariaBusy = "true";
      wrong.textContent = "";
      try {
        const turn = await this.turn({ ...payload, message: message.id });
        wrong.textContent = turn.refusal ?? Object.values(turn.errors).join(" ");
      } catch (failed) {
        wrong.textContent = failed.message;
      } finally {
        node.ariaBusy = "false";
      }
    };
    return {
      press: (ref, value) => take({ press: ref, value }),
      submit: (ref, values) => take({ submit: ref, values }),
      open: (form) => this.ask(form, message.id),
    };
  }

  /** One turn: shows what it brings and opens what it asks. */
  async turn(payload) {
    const turn = await api.turn(this.person.id, payload);
    this.arrived(turn.messages);
    if (turn.form) this.ask(turn.form, payload.message);
    return turn;
  }

  ask(form, message) {
    const send = (values) => this.turn({ submit: form.ref, values, message });
    openForm(form, this.people, send, this.list);
  }
}

function swap(old, node) {
  const focused = old.contains(document.activeElement);
  old.replaceWith(node);
  if (focused) node.focus({ preventScroll: true });
}

function announce(messages, person) {
  const live = byId("announced");
  const said = (message) => make("p", { textContent: `ITPulse to ${person.name}: ${message.summary}` });
  live.append(...messages.map(said));
  while (live.children.length > ANNOUNCED) live.firstChild.remove();
}
