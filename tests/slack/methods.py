"""What a workspace holds, and the methods of the Web API that change it."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from tests.slack import person
from tests.slack.limits import faults, view_faults

Json = dict[str, Any]

TOKEN: Final = "xoxb-company"
APP_TOKEN: Final = "xapp-company"
BOT: Final = "U0BOT"
#: Seconds.
TRIGGER_LIVES: Final = 3.0
MOST_ANSWERS: Final = 5
#: Root and two on top of it.
HIGHEST_STACK: Final = 3
#: The scope a method wants; those that stand for none are for any token.
WANTED: Final = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "users.list": "users:read",
}
SCOPES: Final = "chat:write,commands,im:write,im:history,users:read,users:read.email,channels:read"


@dataclass(frozen=True, slots=True)
class Weather:
    """What becomes of one call."""

    kind: Literal["429", "500", "html", "fatal", "cut", "no ts", "slow"]
    #: Whether it is done all the same.
    done: bool = False
    #: Seconds, for 429.
    wait: str = "1"


#: Asked before every call with the method and what it was given.
Sky = Callable[[str, Json], Weather | None]


@dataclass(slots=True)
class Limit:
    """So many calls in so many seconds."""

    most: int
    seconds: float
    at: list[float] = field(default_factory=list)

    def wait(self, now: float) -> float:
        self.at = [then for then in self.at if then > now - self.seconds]
        if len(self.at) < self.most:
            self.at.append(now)
            return 0.0
        return self.at[0] + self.seconds - now


class Refused(Exception):
    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.body = {"ok": False, "error": code, **more}


class Methods:
    def __init__(self, team: str = person.TEAM) -> None:
        self.team = team
        self.members: dict[str, Json] = {}
        self.scopes = SCOPES
        self.revoked = False
        self.takes_charts = True
        self.fetches_pictures = True
        self.limits: dict[str, Limit] = {}
        self.sky: Sky = lambda *_: None
        self.calls: list[tuple[str, Json]] = []
        #: By conversation, oldest first.
        self.messages: defaultdict[str, list[Json]] = defaultdict(list)
        #: By person, the lowest first.
        self.windows: defaultdict[str, list[Json]] = defaultdict(list)
        self.homes: dict[str, Json] = {}
        #: Messages that only one person sees, by the address they were sent to.
        self.whispers: defaultdict[str, list[Json]] = defaultdict(list)
        #: Seconds; pushed by whoever tests what dies in time.
        self.now = 0.0
        self.page = 200
        self.address = ""
        self._triggers: dict[str, tuple[str, float]] = {}
        self.answered: Counter[str] = Counter()
        self.ticks = 1_795_536_000_000_000
        self._views = 0

    def join(self, user: str, email: str, **more: Any) -> None:
        about = {"real_name": f"Person {user}", "email": email, **more.pop("profile", {})}
        told = {"id": user, "team_id": self.team, "name": user.lower(), "deleted": False}
        told |= {"is_bot": False, "is_restricted": False, "tz": "Etc/UTC", "locale": "en-GB"}
        self.members[user] = {**told, **more, "profile": about}

    def chat(self, user: str) -> str:
        """The conversation of somebody with the bot."""
        return f"D{user[1:]}"

    def trigger(self, user: str) -> str:
        name = person.trigger()
        self._triggers[name] = (user, self.now + TRIGGER_LIVES)
        return name

    def answers_to(self, user: str) -> str:
        """A response_url."""
        self.ticks += 1
        return f"{self.address}/respond/{user}-{self.ticks}"

    def said(self, user: str) -> list[Json]:
        return self.messages[self.chat(user)]

    def count(self, method: str) -> int:
        return sum(called == method for called, _ in self.calls)

    def do(self, method: str, given: Json) -> Json:
        """The answer; raises Refused."""
        self._check_limit(method)
        if (scope := WANTED.get(method)) and scope not in self.scopes.split(","):
            raise Refused("missing_scope", needed=scope, provided=self.scopes)
        do = getattr(self, f"_{method.replace('.', '_')}", None)
        if do is None:
            raise Refused("unknown_method")
        return {"ok": True, **do(given)}

    def _check_limit(self, method: str) -> None:
        limit = self.limits.get(method)
        if limit and (wait := limit.wait(asyncio.get_running_loop().time())) > 0:
            raise Refused("ratelimited", wait=wait)

    def _auth_test(self, _given: Json) -> Json:
        about = {"team": "Company", "team_id": self.team, "user": "itpulse", "user_id": BOT}
        return {"url": "https://company.slack.com/", "bot_id": "B0BOT", **about}

    def _users_list(self, given: Json) -> Json:
        everybody = list(self.members.values())
        start, size = int(given.get("cursor") or 0), min(int(given["limit"]), self.page)
        page = [dict(member) for member in everybody[start : start + size]]
        if given.get("include_locale") not in ("true", "1", True):
            page = [{k: v for k, v in member.items() if k != "locale"} for member in page]
        if "users:read.email" not in self.scopes:
            page = [{**m, "profile": {**m["profile"], "email": None}} for m in page]
        after = start + size
        cursor = str(after) if after < len(everybody) else ""
        return {"members": page, "response_metadata": {"next_cursor": cursor}}

    def _conversations_open(self, given: Json) -> Json:
        return {"channel": {"id": self._conversation(given["users"])}}

    def _chat_postMessage(self, given: Json) -> Json:  # noqa: N802  # Slack's own spelling
        channel = self._conversation(given["channel"])
        self.check_message(given)
        message = {"type": "message", "user": BOT, "ts": self._ts(), "text": given["text"]}
        message |= {"blocks": given.get("blocks", []), "metadata": given.get("metadata")}
        self.messages[channel].append(message)
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _chat_update(self, given: Json) -> Json:
        found = [m for m in self.messages[given["channel"]] if m["ts"] == given["ts"]]
        if not found:
            raise Refused("message_not_found")
        self.check_message(given)
        found[0].update(text=given["text"], blocks=given.get("blocks", []), edited=True)
        return {"channel": given["channel"], "ts": given["ts"]}

    def _conversations_history(self, given: Json) -> Json:
        channel = self._conversation(given["channel"])
        messages = [m for m in self.messages[channel] if float(m["ts"]) > float(given["oldest"])]
        start, size = int(given.get("cursor") or 0), int(given["limit"])
        page = messages[::-1][start : start + size]
        if given.get("include_all_metadata") not in ("true", "1"):
            page = [{k: v for k, v in message.items() if k != "metadata"} for message in page]
        more = start + size < len(messages)
        cursor = {"next_cursor": str(start + size)} if more else {}
        return {"messages": page, "has_more": more, "response_metadata": cursor}

    def _views_open(self, given: Json) -> Json:
        user = self._exchanged(given["trigger_id"])
        return self._shown(user, given["view"], [])

    def _views_push(self, given: Json) -> Json:
        user = self._exchanged(given["trigger_id"])
        if len(self.windows[user]) >= HIGHEST_STACK:
            raise Refused("push_limit_reached")
        return self._shown(user, given["view"], self.windows[user])

    def _views_update(self, given: Json) -> Json:
        _check_view(given["view"])
        for stack in self.windows.values():
            for number, view in enumerate(stack):
                if view["id"] == given["view_id"]:
                    stack[number] = {**given["view"], "id": view["id"]}
                    return {"view": stack[number]}
        raise Refused("not_found")

    def _views_publish(self, given: Json) -> Json:
        _check_view(given["view"])
        if wrong := self._unfetched(given["view"]["blocks"]):
            raise Refused("invalid_blocks", errors=wrong)
        self._views += 1
        self.homes[given["user_id"]] = {**given["view"], "id": f"V{self._views}"}
        return {"view": self.homes[given["user_id"]]}

    def _apps_connections_open(self, _given: Json) -> Json:
        return {"url": f"{self.address.replace('http', 'ws', 1)}/socket"}

    def _exchanged(self, trigger: str) -> str:
        user, until = self._triggers.get(trigger, ("", 0.0))
        if not user:
            raise Refused("invalid_trigger_id")
        if until < 0:
            raise Refused("exchanged_trigger_id")
        if until < self.now:
            raise Refused("expired_trigger_id")
        self._triggers[trigger] = (user, -1.0)
        return user

    def _shown(self, user: str, view: Json, under: list[Json]) -> Json:
        _check_view(view)
        self._views += 1
        self.windows[user] = [*under, {**view, "id": f"V{self._views}"}]
        return {"view": self.windows[user][-1]}

    def _conversation(self, where: str) -> str:
        user = f"U{where[1:]}"
        member = self.members.get(user)
        if member is None or where[:1] not in "UD":
            raise Refused("channel_not_found")
        if member["deleted"]:
            raise Refused("user_disabled")
        return self.chat(user)

    def check_message(self, given: Json) -> None:
        wrong = faults(given.get("blocks", []))
        kinds = {block["type"] for block in given.get("blocks", ())}
        if not self.takes_charts and "data_visualization" in kinds:
            wrong.append("data_visualization")
        wrong += self._unfetched(given.get("blocks", ()))
        if "msg_blocks_too_long" in wrong:
            raise Refused("msg_blocks_too_long")
        if wrong or not given.get("text"):
            raise Refused("invalid_blocks", errors=wrong)

    def _unfetched(self, blocks: Iterable[Json]) -> list[str]:
        """Slack looks at every picture while it takes the message."""
        urls = [block["image_url"] for block in blocks if block["type"] == "image"]
        return [] if self.fetches_pictures else ["downloading image failed" for _ in urls]

    def _ts(self) -> str:
        self.ticks += 100
        return f"{self.ticks / 1_000_000:.6f}"


def _check_view(view: Json) -> None:
    if wrong := view_faults({k: v for k, v in view.items() if k != "id"}):
        raise Refused("invalid_arguments", response_metadata={"messages": wrong})
