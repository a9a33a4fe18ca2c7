// The routes of the simulator. Every call gives the answer's object or throws a sentence.

export const people = () => call("/simulator/people");
export const words = () => call("/simulator/words");
export const rounds = () => call("/simulator/rounds");
export const chat = (user) => call(`/simulator/chat/${user}`);
export const turn = (user, payload) => call(`/simulator/chat/${user}`, payload);
export const clock = () => call("/simulator/clock");
export const push = (payload) => call("/simulator/clock", payload);

/** Messages of a chat as they are written or drawn anew; returns what ends the listening. */
export function listen(user, revision, hear) {
  const source = new EventSource(`/simulator/chat/${user}/events?after=${revision}`);
  source.onmessage = (event) => hear(JSON.parse(event.data));
  return () => source.close();
}

async function call(path, payload) {
  const asked = payload && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(payload),
  };
  let answer;
  try {
    answer = await fetch(path, asked);
  } catch {
    throw new Error("The demo does not answer. Is it still running?");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? "Something went wrong on our side. Please try again.");
  return told;
}
