"""An admin at work in chat: presses buttons by what they say, and fills in forms."""

from __future__ import annotations

from typing import Any

from tests.stories.company import Company, parts

Json = dict[str, Any]


class Admin:
    """Speaks as one person; the newest card is the one whose buttons are pressed."""

    def __init__(self, company: Company, email: str) -> None:
        self.company, self.email = company, email
        self.card: Json = {}
        self.form: Json = {}
        self.errors: dict[str, str] = {}
        self.refusal: str | None = None

    async def says(self, words: str) -> Json:
        return self._heard(await self.company.says(self.email, command=words))

    async def presses(self, label: str) -> Json:
        """A button of the newest card."""
        found = [b for part in parts(self.card, "buttons") for b in part["buttons"]]
        ref = next(b["ref"] for b in found if b["label"] == label)
        return self._heard(await self.company.says(self.email, press=ref))

    async def uses(self, ref: str) -> Json:
        return self._heard(await self.company.says(self.email, press=ref))

    async def sends(self, **values: object) -> Json:
        """The form that is open, as it stands but for these."""
        standing = {field["id"]: field.get("value") for field in self.form["fields"]}
        told = await self.company.says(
            self.email, submit=self.form["ref"], values={**standing, **values}
        )
        return self._heard(told)

    @property
    def seen(self) -> str:
        """All that stands on the newest card."""
        texts = [part["text"] for part in self.card["parts"] if "text" in part]
        rows = [f"{r['label']}: {r['value']}" for p in parts(self.card, "facts") for r in p["rows"]]
        return "\n".join([*texts, *rows])

    @property
    def labels(self) -> list[str]:
        return [b["label"] for part in parts(self.card, "buttons") for b in part["buttons"]]

    def _heard(self, told: Json) -> Json:
        self.errors, self.refusal = told["errors"], told["refusal"]
        if told["messages"]:
            self.card = told["messages"][-1]
        if told["form"]:
            self.form = told["form"]
        return told
