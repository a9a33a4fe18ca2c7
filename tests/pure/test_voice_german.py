"""German by families of examples, each judged as an IT lead should read it."""

from __future__ import annotations

import pytest

from bot.voice import judge

NEGATIVE = {
    "a malfunction stated as a fact": [
        "Der Etikettendrucker im Lager druckt seit heute früh nur Streifen",
        "Mein zweiter Bildschirm flackert",
        "SAP stürzt beim Buchen ab",
        "Die Kasse ist eingefroren und die Leute stehen Schlange",
        "WLAN im dritten Stock ausgefallen",
        "Headset kaputt",
    ],
    "waiting": [
        "Ich warte seit drei Wochen auf meinen Laptop",
        "Ticket seit Mai offen, keine Antwort",
        "Niemand ruft zurück",
        "Vierzig Minuten in der Warteschleife",
        "Mein Zugang ist immer noch nicht freigeschaltet",
    ],
    "what does not do what it should": [
        "VPN funktioniert nicht",
        "Der Export geht nicht",
        "Ich komme nicht in mein Postfach",
        "Das Formular nimmt mein Geburtsdatum nicht an",
        "Anmelden von zu Hause nicht möglich",
    ],
    "slowness": [
        "Der Rechner ist unerträglich langsam",
        "Bis Outlook offen ist, dauert es ewig",
        "Das ERP ist lahm",
    ],
    "blame": [
        "So ein Mist",
        "Die Hotline war unfreundlich und inkompetent",
        "Eine Zumutung ist das neue Portal",
        "Früher ging das mit zwei Klicks",
        "Keiner hat uns informiert, dass das System abgeschaltet wird",
    ],
}

POSITIVE = {
    "thanks and praise": [
        "Vielen Dank für die schnelle Hilfe",
        "Tolle Arbeit vom ganzen Team",
        "Der Techniker war sehr freundlich und geduldig",
        "Super Schulung, endlich habe ich Excel verstanden",
        "Bin sehr zufrieden",
        "Das neue Portal ist klasse 👍",
    ],
    "what was put right": [
        "Der Drucker läuft wieder, danke",
        "Problem in fünf Minuten gelöst",
        "Endlich schnelles WLAN im Lager",
        "Viel besser als das alte System",
    ],
    "praise in negative words": [
        "Keine Probleme, alles läuft rund",
        "Die Umstellung lief reibungslos",
        "Seit dem Tausch kein einziger Absturz mehr",
    ],
}

NEUTRAL = {
    "questions and requests": [
        "Wo finde ich das Formular für ein Diensthandy?",
        "Wann ist die nächste Wartung geplant?",
        "Bitte einen zweiten Bildschirm für Raum 12",
        "Können wir für den Kurs im März zehn Plätze reservieren?",
        "Ich brauche ab Montag Zugriff auf das Laufwerk Einkauf",
    ],
    "plain facts": [
        "Wir nutzen Teams und Zoom",
        "Es geht so",
    ],
}


def _cases(families: dict[str, list[str]]) -> list[object]:
    return [pytest.param(text, id=text) for texts in families.values() for text in texts]


@pytest.mark.parametrize("text", _cases(NEGATIVE))
def test_a_grumble_in_german_is_heard(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("negative", True)


@pytest.mark.parametrize("text", _cases(POSITIVE))
def test_praise_in_german_is_heard(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("positive", True)


@pytest.mark.parametrize("text", _cases(NEUTRAL))
def test_a_plain_statement_in_german_is_neutral(text: str) -> None:
    assert judge(text).sentiment == "neutral"
