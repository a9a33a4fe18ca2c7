"""French by families of examples, each judged as an IT lead should read it."""

from __future__ import annotations

import pytest

from bot.voice import judge

NEGATIVE = {
    "a malfunction stated as a fact": [
        "L'imprimante du deuxième étage est encore en panne",
        "Mon écran clignote",
        "Le logiciel de paie plante à chaque clôture",
        "Plus de wifi dans l'entrepôt depuis ce matin",
        "Casque cassé",
    ],
    "waiting": [
        "J'attends mon portable depuis trois semaines",
        "Ticket ouvert en mai, toujours aucune réponse",
        "Personne ne rappelle",
        "Quarante minutes d'attente au téléphone",
        "Mon accès n'est toujours pas ouvert",
    ],
    "what does not do what it should": [
        "Le VPN ne fonctionne pas",
        "L'export ne marche plus",
        "La recherche ne trouve rien",
    ],
    "slowness": [
        "Mon ordinateur est d'une lenteur insupportable",
        "Le réseau rame tous les matins",
        "Beaucoup trop lent",
    ],
    "blame": [
        "C'est nul",
        "La hotline a été désagréable et incompétente",
        "Le nouveau portail est une catastrophe",
        "C'était mieux avant",
        "Bien trop cher pour ce que c'est",
        "Personne ne nous a prévenus de la coupure",
    ],
}

POSITIVE = {
    "thanks and praise": [
        "Un grand merci pour votre aide rapide",
        "Excellent travail de toute l'équipe",
        "Le technicien a été très patient et aimable",
        "Super formation, j'ai enfin compris Excel",
        "Je suis très satisfaite",
        "Le nouveau portail est génial 👍",
    ],
    "what was put right": [
        "L'imprimante remarche, merci",
        "Problème résolu en cinq minutes",
        "Enfin un wifi rapide dans l'atelier",
        "Bien mieux que l'ancien système",
    ],
    "praise in negative words": [
        "Aucun problème, tout marche bien",
    ],
}

NEUTRAL = {
    "questions and requests": [
        "Où se trouve le formulaire pour un téléphone de service ?",
        "Quand aura lieu la prochaine maintenance ?",
        "Merci de prévoir un deuxième écran pour le bureau 12",
        "Pourrait-on réserver dix places pour la formation de mars ?",
        "J'aurais besoin d'un accès au dossier Achats à partir de lundi",
    ],
    "plain facts": [
        "Nous utilisons Teams et Zoom",
        "Notre service déménage en juin",
        "Ça va",
    ],
}


def _cases(families: dict[str, list[str]]) -> list[object]:
    return [pytest.param(text, id=text) for texts in families.values() for text in texts]


@pytest.mark.parametrize("text", _cases(NEGATIVE))
def test_a_grumble_in_french_is_heard(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("negative", True)


@pytest.mark.parametrize("text", _cases(POSITIVE))
def test_praise_in_french_is_heard(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("positive", True)


@pytest.mark.parametrize("text", _cases(NEUTRAL))
def test_a_plain_statement_in_french_is_neutral(text: str) -> None:
    assert judge(text).sentiment == "neutral"
