// One person's chat: its messages, what their controls do, and what is typed.

import * as api from "./api.js";
import { heardAt, spoken } from "./clock.js";
import { byId, make, problem } from "./dom.js";
import { openForm } from "./form.js";
import { drawPart } from "./parts.js";

// So many announcements stay in the live region; older ones have been read.
const ANNOUNCED = 5;

export class Chat {
  constructor(user, people) {
    this.user = user;
    this.people = people;
    /** Message id -> { node, drawn: the message as JSON }. */
    this.shown = new Map();
    this.stop = () => {};
    this.closed = false;
  }

  /** Loads the chat, then listens until `close`. */
  async open() {
    const { messages, revision } = await api.chat(this.user);
    if (this.closed) return;
    byId("messages").replaceChildren();
    for (const message of messages) this.put(message);
    [...this.shown.values()].at(-1)?.node.scrollIntoView({ block: "nearest" });
    this.stop = api.listen(this.user, revision, (message) => this.arrived([message]));
  }

  close() {
    this.closed = true;
    this.stop();
  }

  /** Shows a message, in its old place if it has one; false where nothing is new about it. */
  put(message) {
    const drawn = JSON.stringify(message);
    const before = this.shown.get(message.id);
    if (this.closed || before?.drawn === drawn) return false;
    const node = this.draw(message);
    this.shown.set(message.id, { node, drawn });
    if (before) swap(before.node, node);
    else byId("messages").insertBefore(node, this.following(message.id));
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
    if (first) byId("messages").lastElementChild.scrollIntoView({ block: "nearest" });
    if (first) this.shown.get(first.id).node.scrollIntoView({ block: "nearest" });
    announce(fresh.filter((message) => message.from === "bot"));
    if (fresh.length) heardAt(fresh.at(-1).at);
  }

  draw(message) {
    const mine = message.from === "me";
    const wrong = problem();
    const node = make("li", { className: `message ${message.from}`, tabIndex: -1 });
    const act = this.acting(message, node, wrong);
    node.append(
      make(
        "p", { className: "by small" },
        make("strong", { textContent: mine ? "You" : "ITPulse" }),
        make("time", { dateTime: message.at, textContent: spoken(message.at) }),
        message.changed ? make("span", { textContent: "changed" }) : null,
      ),
      make("div", { className: "card" }, ...message.parts.map((part) => drawPart(part, act)), wrong),
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
    const turn = await api.turn(this.user, payload);
    this.arrived(turn.messages);
    if (turn.form) this.ask(turn.form, payload.message);
    return turn;
  }

  ask(form, message) {
    openForm(form, this.people, (values) => this.turn({ submit: form.ref, values, message }));
  }
}

function swap(old, node) {
  const focused = old.contains(document.activeElement);
  old.replaceWith(node);
  if (focused) node.focus({ preventScroll: true });
}

function announce(messages) {
  const live = byId("announced");
  live.append(...messages.map((message) => make("p", { textContent: `ITPulse: ${message.summary}` })));
  while (live.children.length > ANNOUNCED) live.firstChild.remove();
}
