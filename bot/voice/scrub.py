"""Takes out of a text what points at a person or a machine: names, addresses, numbers, ids."""

import re
from collections.abc import Collection

from bot.voice.names import Names

#: Characters that a scrubbed text has at most; placeholders can make a text longer than it was.
LONGEST = 1_000

#: A longer text is cut before it is searched as well, so that no text takes long.
_READ_AT_MOST = 4 * LONGEST

#: Addresses whose query or fragment may carry a token, and logins written into an address.
_QUERY = re.compile(r"((?:https?://|\bwww\.)[^\s?#<>\"]*[?#])(?!\[id\](?:\s|\Z))[^\s<>\"]+", re.I)
_LOGIN = re.compile(r"(https?://)[^\s/@]+@", re.I)

#: Without one of these no pattern below can match.
_SUSPECT = re.compile(r"[\d@:]|<at>|\.(?:local|internal|corp|lan|intra)\b", re.I)

#: One group for each kind of placeholder; of two that could begin at a place the first one wins.
_PRECISE = re.compile(
    r"""
    \[(?:name|e-mail|phone|address|id)\]            # what an earlier round has put there
  | (?P<name> <@[^>]*> | <at>.*?</at> )             # mentions as Slack and Teams write them
  | (?P<email> (?<![\w.+%-]) [\w.+%-] [\w.+%'-]* @ (?=[^\W\d_]) [\w-]+ (?:\.[\w-]+)* )
  | (?P<mention> (?<![\w@]) @ [^\W\d_] (?:[\w.-]*\w)? )
  | (?P<account> (?<!\w) (?:
        (?i:[a-z]{2}\d{2}) (?:[ ]?[A-Z\d]{4}){2,7} (?:[ ]?[A-Z\d]{1,3})?           # IBAN
      | 3[47]\d{2} [ -] \d{6} [ -] \d{5}                                      # card, 15 digits
      | \d{4} (?:[ -]\d{4}){2} [ -] \d{1,7}                                   # card, 13 to 19
    ) (?!\w) )
  | (?P<address> (?<!\w) (?:
        \d{1,4}[a-z]? [ ] (?:[A-Z][\w'’.-]+[ ]){1,3}                           # 12 Mill Lane
        (?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Way|Close|Court|Place|Square
          |Terrace|Crescent|Gardens) (?![\w]) \.?
      | (?: (?!(?:Arbeits|Park|Stell|Steck|Sitz|Lager)platz)                      # Hauptstraße 12
            [A-ZÄÖÜ][\w-]*(?:straße|strasse|gasse|platz|allee|weg|str\.)
          | [A-ZÄÖÜ][\w-]+[ -](?:Straße|Strasse|Gasse|Allee|Str\.) ) [ ]? \d{1,4}[a-z]?
            (?:,?[ ](?:[AD]-|CH-)?\d{4,5}[ ][A-ZÄÖÜ][\w-]+)?
      | (?:Rue|rue|Avenue|Boulevard|boulevard|Chemin|chemin|Via|Calle|Piazza) [ ]
            (?:[\w'’-]+[ ]){1,4} \d{1,4}
      | \d{1,4}(?:[ ]?(?:bis|ter))?,? [ ] (?:                                       # 12 bis, rue
            (?:rue|avenue|boulevard) [ ] (?:(?!\d)[\w'’-]+[ ]?){1,4}
          | (?:place|chemin|allée|impasse|quai|route) [ ]
            (?:(?:de|du|des|la|le|les)[ ])* (?:d['’]|l['’])? [A-ZÀÉÈ][\w'’-]+ )
            (?:,?[ ]?(?<=[ ,])\d{5}[ ][A-ZÀÉÈ][\w'’-]+)?
      | [A-Z]{1,2}\d[A-Z\d]? [ ] \d[A-Z]{2}                                     # UK postcode
    ) (?!\w) )
  | (?P<machine> (?<![\w:.-]) (?:
        [\da-fA-F]{8} (?:-[\da-fA-F]{4}){3} -[\da-fA-F]{12}                     # GUID
      | (?:[\da-fA-F]{2}[:-]){5} [\da-fA-F]{2}                                  # MAC
      | [\da-fA-F]{4} (?:\.[\da-fA-F]{4}){2}                                    # MAC, as Cisco
      | (?:[\da-fA-F]{1,4}:){4,7} [\da-fA-F]{1,4}                               # IPv6
      | (?:[\da-fA-F]{1,4}:){1,6} (?::[\da-fA-F]{1,4}){1,6}                     # IPv6, shortened
      | \d{1,3} (?:\.\d{1,3}){3} (?:[:/]\d{1,5})?                               # IPv4
    ) (?![\w:-]|\.\d) )
  | (?P<phone>
        (?<!\w) (?: (?i:ext(?:ension|n)?|tel|dial|durchwahl|dw|klappe|nebenstelle)
            [.:]? [ ]? \d{2,6} | (?i:poste) [ ] \d{4,5} ) (?!\w|[ .]\d\d)
      | (?<!\w) \+ [ ]? (?:[ ().\/-]{0,2}\d){7,15} (?!\w)
      | (?<![\w.,\/-])
        (?! \d{1,2} [.\/-] \d{1,2} [.\/-] (?: \d{4}(?!\d) | \d{2}(?![.\/-]?\d) ) )  # a date
        (?! \d{1,2} \.\d\d [ ]? - [ ]? \d{1,2} \.\d\d \b )                          # from 8.30 to
        (?: \(?0 (?:[ ().\/-]{0,2}\d){6,14}
          | (?:1[ .-])? \(?\d{3}\)? [ .-]{1,2} \d{3} [ .-] \d{4}
          | \d{5}[ ]\d{5}
          | \d{3}-\d{4}
          | 1?\d{10}
        ) (?!\w)
    )
  | (?P<id>
        (?<![\w-]) (?:
            [\w-]+ (?:\.[\w-]+)* \. (?:local|internal|corp|lan|intra)           # internal host
          | (?i:inc|req|ritm|chg|prb|sctask|task|ticket|case|incident|request|anfrage|demande)
            [ ]? (?:(?i:no\.?|nr\.?|n°|number)|[#:-])? [ ]? \d{3,}              # ticket 12345
          | (?!(?i:mid|pre|post|top|early|late|since|end|office|windows|iso|rs|covid)-)
            [A-Za-z]{2,10} - \d{3,}                                             # LAP-00123
          | (?!(?:COVID|UTF|ISO|SHA|MS|AES|RFC|FY|CW|KW)-)
            [A-Z]{2,10} - \d{2,}                                                # IT-42
          | [A-Z] - \d{4,}                                                      # B-10442
          | [A-Za-z]{2,} (?:-[A-Za-z\d]+)* - [A-Za-z]+ \d{2,}                   # srv-db01
          | [A-Za-z]{2,} (?:-[A-Za-z]{2,})+ - (?!(?:19|20)\d\d\b) \d{2,}        # LAP-HR-0042
          | (?i:srv|db|dc|fs|web|vm|pc|ws|nb|lap|prn|prt|rtr|fw|host|node|sql|nas)
            [a-z]* \d{2,}                                                       # srv01
          | (?!FY|ISO) [A-Z]{2,8} (?!(?:19|20)\d\d\b) \d{4,}                    # INC0012345
          | (?!fy|iso) [A-Za-z]{2,8} \d{5,}                                     # inc0012345
          | (?=(?:[A-Z]*\d){4}) (?=\d*[A-Z]) [A-Z\d]{8,}                        # serial number
          | (?=[A-Za-z_-]*\d) (?=[\d_-]*[A-Za-z]) [\w-]{20,}                    # token
              | \d{8,}                                                              # staff number
        ) (?![\w-])
      | (?<!\w) \# \d{3,} (?!\w)                                                # #12345
    )
    """,
    re.X,
)

#: Whom a form of address or a farewell names, whether or not they are on the list. "M." needs a
#: word of French before it, because it may also end a sentence.
_ADDRESSED = re.compile(
    r"""
    ( \b (?: Herrn? | Hr\. | Frau ) [ ] (?: (?:Dr|Prof|Mag|Ing)\. [ ]? )* )
    (?! (?:Dr|Prof|Mag|Ing)\b ) [A-ZÄÖÜ][^\W\d_]+ (?: ['’-] [^\W\d_]+ )*
  | ( \b (?: Mme | Mlle | Madame | Monsieur | (?:à|de|par|avec|et|chez|que|pour|ou) [ ] M\. ) [ ] )
    [A-ZÀÉÈÇ][^\W\d_]+ (?: ['’ -] [A-ZÀÉÈÇ][^\W\d_]+ ){0,2}
  | ( \b (?: Grüße | Grüsse | Gruß | Gruss | LG | VG | MfG | Cordialement ) [,.!]? \s{1,2} )
    (?: [A-ZÄÖÜÀÉÈÇ][^\W\d_]+ (?: ['’-] [^\W\d_]+ )* \s? ){1,2} \Z
    """,
    re.X,
)

_SIGNS = {
    "name": "[name]",
    "mention": "[name]",
    "email": "[e-mail]",
    "account": "[id]",
    "address": "[address]",
    "machine": "[id]",
    "phone": "[phone]",
    "id": "[id]",
}


def scrub(text: str, names: Names | Collection[str] = ()) -> str:
    """The text with what identifies replaced, at most LONGEST characters, cut at the end.

    Scrubbing what was scrubbed changes nothing. For many texts prepare the Names once.
    """
    known = names if isinstance(names, Names) else Names(names)
    text = _cut(text, _READ_AT_MOST)
    # What is put in gives its neighbours new edges, and so does a cut. Every round that changes
    # anything leaves fewer characters outside placeholders, so this comes to an end.
    while (scrubbed := _cut(_once(text, known), LONGEST)) != text:
        text = scrubbed
    return text


def _once(text: str, names: Names) -> str:
    if "://" in text or "www." in text.lower():
        text = _LOGIN.sub(r"\1", _QUERY.sub(r"\1[id]", text))
    if _SUSPECT.search(text):
        text = _PRECISE.sub(_sign, text)
    text = _ADDRESSED.sub(_address_kept, text)
    return _without(text, names.spans(text))


def _sign(found: re.Match[str]) -> str:
    return _SIGNS[found.lastgroup] if found.lastgroup else found[0]


def _address_kept(found: re.Match[str]) -> str:
    return f"{found[1] or found[2] or found[3]}[name]"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}[name]{text[end:]}"
    return text


def _cut(text: str, length: int) -> str:
    """Cuts at the last space that is near, so that neither word nor placeholder is halved."""
    if len(text) <= length:
        return text
    space = text.rfind(" ", length - 50, length)
    return text[: length if space < 0 else space]
