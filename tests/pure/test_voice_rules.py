"""The rules by families of examples, each judged as an IT lead should read it."""

from __future__ import annotations

import pytest

from bot.voice import judge

NEGATIVE = {
    "a malfunction stated as a fact": [
        "The label printer jams on every second sheet",
        "Calendar sync broke on Tuesday",
        "Phone line crackles and drops",
        "My second monitor flickers",
        "The scanner app crashed during stocktaking",
        "Door reader is down",
        "Screen stays black after lunch",
        "Nothing happens when I press save",
        "The till froze with a queue of twelve",
        "It kicks me out after two minutes",
        "The file was corrupted overnight",
        "Mouse dead, keyboard dying",
    ],
    "waiting stated as a fact": [
        "Still waiting for my badge",
        "Three weeks without a reply",
        "Nobody called back",
        "Ticket has been open since March",
        "On hold for forty minutes",
        "I have chased this four times",
        "No answer from the hotline",
        "New starter, fifth day, no laptop yet",
        "The queue never gets shorter",
    ],
    "what does not do what it should": [
        "The dock won't charge",
        "Export does not work",
        "I can't open the rota",
        "My headset isn't recognised",
        "The form refuses to accept my date of birth",
        "Wifi never reaches the canteen",
        "Reset link did not arrive",
        "Cannot log in from home",
        "The search finds nothing useful",
        "The app stopped responding",
    ],
    "slowness": [
        "The ERP is painfully slow",
        "Booting takes ages",
        "Everything crawls after ten o'clock",
        "It took forever to load the map",
        "Laggy video in every call",
        "I can make coffee while it starts up: slow slow slow",
    ],
    "again and still": [
        "VPN gone again",
        "Same error again today",
        "The projector still flickers",
        "Every single morning the printer is offline",
        "It keeps crashing",
        "Third time this month that mail is down",
        "Constantly logged out",
        "And again no sound in room four",
    ],
    "negated praise": [
        "The new portal is not intuitive",
        "Support wasn't helpful",
        "That update did not improve anything",
        "Not happy with the new phones",
        "I would not call that reliable",
        "Hardly usable on a small screen",
        "Far from perfect",
        "Not exactly a quick fix",
        "Never had good reception here",
    ],
    "blame after but": [
        "Nice people but the printer is still broken",
        "The design is pretty, but it crashes",
        "Good idea, however nobody told us",
        "Friendly hotline, but the problem is not solved",
        "Looks modern but takes forever to load",
    ],
    "blame beside although": [
        "Although the team is friendly, my laptop is still dead",
        "Even though it was replaced, the dock still fails",
        "Despite the nice interface it keeps losing my entries",
    ],
    "worse than before": [
        "The new version is worse than the old one",
        "Slower than before the migration",
        "Since the update nothing prints",
        "Support has gone downhill",
        "It used to work fine, now it crashes",
        "From bad to worse",
    ],
    "plain blame": [
        "This is unacceptable",
        "What a mess",
        "Fed up with passwords",
        "The worst rollout in years",
        "Ridiculous process for a simple cable",
        "I hate the new menu",
        "Useless chatbot",
        "Waste of time",
    ],
    "cost and burden": [
        "I retype every order by hand",
        "We lost a day of sales",
        "Too many clicks for one invoice",
        "Far too expensive for what it does",
        "I use my own phone because the work one is useless",
        "The workaround costs us an hour a day",
    ],
    "nobody tells or listens": [
        "Nobody told us about the downtime",
        "Changed overnight without warning",
        "We were left in the dark",
        "No one listens to the night shift",
        "They closed my ticket without asking",
    ],
    "sarcasm": [
        "Great, another outage",
        "Thanks for nothing",
        "Love how it logs me out mid-sentence",
        "Oh wonderful, the scanner is dead again",
        "Just what I needed, a frozen screen",
        "Brilliant idea to reboot the tills at noon",
        "Well done, IT, the phones are down again",
    ],
    "a frowning emoji or emoticon": [
        "new headset 😡",
        "the canteen wifi :(",
        "another password rule 🙄",
        "Monday update 👎",
    ],
    "shouting": ["PRINTER BROKEN AGAIN", "WHY IS IT ALWAYS SO SLOW", "FIX THE WIFI!!!"],
    "a question that blames": [
        "Why does it always crash on Fridays?",
        "How hard can it be to order a mouse?",
        "Why is nobody answering the phone?",
    ],
}

POSITIVE = {
    "praise": [
        "The new scanner is excellent",
        "Great support today",
        "Love the second screen",
        "The training was really useful",
        "Very happy with my laptop",
        "Brilliant work on the intranet",
        "Best helpdesk I have had",
    ],
    "thanks": [
        "Thank you for the quick help",
        "Thanks to the network crew",
        "Kudos to whoever tidied the menus",
        "Much appreciated!",
        "A big shout-out to the night team",
    ],
    "people who helped": [
        "The technician was patient and friendly",
        "She explained everything twice without sighing",
        "Somebody came within ten minutes",
        "He stayed late until it worked",
        "They really listened to us",
        "Polite, competent, quick",
    ],
    "what was fixed": [
        "Printer repaired the same day",
        "My account was unlocked in two minutes",
        "Problem solved on the first call",
        "Back up and running before lunch",
        "They recovered my deleted folder",
        "My laptop broke and was replaced within an hour",
        "You killed that bug, finally",
    ],
    "praise with negative words": [
        "No issues at all",
        "No complaints",
        "Not bad at all",
        "Never had a problem with the VPN",
        "Can't complain",
        "It hasn't crashed once",
        "The move went without a hitch",
        "Zero downtime this quarter",
        "Nothing but praise for the hotline",
        "I cannot fault the service",
    ],
    "better than before": [
        "Much faster than before",
        "The new form is far easier",
        "Mail search has improved a lot",
        "Finally works on my phone",
        "We no longer have to print everything",
        "Night and day compared to the old one",
        "So much better since the upgrade",
    ],
    "ease and speed": [
        "Setup was painless",
        "Login is quick now, nice",
        "Simple and fast",
        "Everything just works",
        "The booking app is intuitive",
        "Runs like clockwork",
    ],
    "praise after but": [
        "It was slow, but now it is excellent",
        "Confusing at first, but the guide was great",
        "The queue was long but the fix was perfect",
    ],
    "praise beside although": [
        "Although it took a while, the result is excellent",
        "Even though the old one broke, the new one is great",
    ],
    "a smiling emoji or emoticon": ["new laptop 😍", "wifi in the yard 👍", "the new portal :)"],
}

NEUTRAL = {
    "plain facts": [
        "Our team moves to the second floor in May",
        "I mostly use the phone app",
        "We have two printers",
        "The office is in Leeds",
        "I work from home on Fridays",
        "Next training is on Thursday",
    ],
    "questions": [
        "Where can I order a monitor?",
        "When will the new version be available?",
        "Who do I ask about software licences?",
        "Is there a guide for the scanner?",
        "How do I share a calendar?",
        "Can I use my tablet for this?",
    ],
    "requests": [
        "Please send me the link",
        "Could we have a second screen in room two?",
        "I would like a larger keyboard",
        "It would be nice to have dark mode",
        "We need three more licences from January",
    ],
    "faint praise": [
        "It's okay",
        "Does the job",
        "Fine, I guess",
        "Average",
        "So-so",
        "Nothing special",
        "Neither good nor bad",
    ],
    "nothing to say": [
        "No opinion",
        "I don't use it",
        "Not sure yet",
        "I haven't contacted support this month",
        "Same as before",
    ],
}

CASES = [
    pytest.param(text, label, id=f"{family}: {text}")
    for label, families in (
        ("negative", NEGATIVE),
        ("positive", POSITIVE),
        ("neutral", NEUTRAL),
    )
    for family, texts in families.items()
    for text in texts
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_a_text_is_judged_by_what_it_means(text: str, label: str) -> None:
    finding = judge(text)
    assert finding.sentiment == label, finding


def test_there_are_enough_examples_to_hold_the_rules() -> None:
    assert len(CASES) >= 150
