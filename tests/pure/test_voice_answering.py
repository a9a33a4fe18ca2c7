"""Which kind of reply fits what somebody has just written."""

from __future__ import annotations

import pytest

from bot.voice import Answering, answering


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("There is smoke coming out of the big copier", "safety"),
        ("I got an electric shock from the standing desk", "safety"),
        ("My laptop's swollen battery lifts the keyboard", "safety"),
        ("Somebody stole my work phone on the tram", "security"),
        ("I clicked on a phishing mail and typed my pin", "security"),
        ("I think we have been hacked", "security"),
        ("Everything is down in the depot", "outage"),
        ("Nobody can log in at the Linz branch", "outage"),
        ("Production line two has stopped, no labels", "outage"),
        ("Aus dem Kopierer im Flur kommt Rauch", "safety"),
        ("Der Akku vom Laptop ist aufgebläht", "safety"),
        ("Mir wurde das Diensthandy in der Bahn gestohlen", "security"),
        ("Ich habe auf eine Phishing-Mail geklickt und mein Passwort eingegeben", "security"),
        ("Die Produktion steht seit acht", "outage"),
        ("Niemand kann sich anmelden", "outage"),
        ("De la fumée sort du copieur", "safety"),
        ("J'ai pris le jus sur la prise du bureau", "safety"),
        ("On m'a volé mon ordinateur dans le train", "security"),
        ("J'ai cliqué sur un lien suspect", "security"),
        ("Toutes les caisses sont bloquées", "outage"),
        ("Personne ne peut se connecter au siège", "outage"),
    ],
)
def test_what_cannot_wait_is_pointed_to_the_urgent_channel(text: str, urgency: str) -> None:
    assert answering(text) == Answering("urgent", urgency)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "The ransomware training was last year",
        "What if the whole office goes down?",
        "Everything was down but it is fixed now",
        "No data leak, no fire, all calm",
        "The fire alarm drill app is fine",
        "Letztes Jahr wurde mir das Handy gestohlen",
        "Die Schulung zum Datenleck war gut",
        "Was tun, falls es nach Rauch riecht?",
        "Pas de fuite de données, tout va bien",
        "L'exercice d'alarme incendie était utile",
    ],
)
def test_what_is_past_or_only_imagined_is_not_urgent(text: str) -> None:
    assert answering(text).kind != "urgent"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The scanner is broken again", "acknowledge"),
        ("Terrible hotline", "acknowledge"),
        ("Thank you, excellent work!", "thanks"),
        ("Where can I order a monitor?", "noted"),
        ("n/a", "noted"),
        ("Der Scanner ist schon wieder kaputt", "acknowledge"),
        ("Vielen Dank, super Arbeit!", "thanks"),
        ("Wo kann ich einen Bildschirm bestellen?", "noted"),
        ("L'imprimante est encore en panne", "acknowledge"),
        ("Merci beaucoup, excellent travail !", "thanks"),
        ("Où puis-je commander un écran ?", "noted"),
        ("Принтер сломан", "noted"),
    ],
)
def test_a_grumble_is_acknowledged_and_praise_is_thanked(text: str, kind: str) -> None:
    assert answering(text) == Answering(kind)  # type: ignore[arg-type]
