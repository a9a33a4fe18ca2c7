"""German and French by families of examples, each judged as an IT lead should read it."""

from __future__ import annotations

import pytest

from bot.voice import judge

GERMAN = {
    "negative": {
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
            "Früher war alles besser",
            "Danke für nichts",
            "Läuft super, nur der Drucker spinnt",
            "Der Support ist nicht schlecht, aber langsam",
            "Früher ging das mit zwei Klicks",
            "Keiner hat uns informiert, dass das System abgeschaltet wird",
        ],
    },
    "positive": {
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
            "Nicht schlecht",
            "Kein Grund zur Klage",
            "Ich kann mich nicht beschweren",
            "Die Umstellung lief reibungslos",
            "Seit dem Tausch kein einziger Absturz mehr",
        ],
    },
    "neutral": {
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
    },
}

FRENCH = {
    "negative": {
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
            "Merci pour rien",
            "Pas terrible",
            "Génial, encore une panne",
            "C'était mieux avant",
            "Bien trop cher pour ce que c'est",
            "Personne ne nous a prévenus de la coupure",
        ],
    },
    "positive": {
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
            "La migration s'est passée sans accroc",
        ],
    },
    "neutral": {
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
    },
}


def _examples(side: str) -> list[str]:
    return [text for told in (GERMAN, FRENCH) for texts in told[side].values() for text in texts]


@pytest.mark.parametrize("text", _examples("negative"))
def test_a_grumble_in_german_or_french_is_heard_and_explained(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("negative", True)


@pytest.mark.parametrize("text", _examples("positive"))
def test_praise_in_german_or_french_is_heard_and_explained(text: str) -> None:
    found = judge(text)
    assert (found.sentiment, bool(found.because)) == ("positive", True)


@pytest.mark.parametrize("text", _examples("neutral"))
def test_a_plain_statement_in_german_or_french_is_neutral(text: str) -> None:
    assert judge(text).sentiment == "neutral"
