"""Dutch numbers in words: `drie`, `eenentwintig`, `tweeduizend`, `vierde`, `tiental`, as numbers."""

import re
from decimal import Decimal

ONES = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
TEENS = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
SCALES = {"duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
ALONE = {
    "geen": Decimal(0), "nul": Decimal(0), "één": Decimal(1), "eerste": Decimal(1), "anderhalf": Decimal("1.5"),
    "miljoen": Decimal(10**6), "miljard": Decimal(10**9),
}  # fmt: skip
BELOW_HUNDRED = {
    **{word: number for number, word in enumerate(ONES, 1)},
    **{word: number for number, word in enumerate(TEENS, 10)},
    **{word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)},
}
MULTIPLIERS = (("duizend", 1000), ("honderd", 100))
PARTS = "|".join(
    sorted({*ONES, *TEENS, *TENS, *ALONE, "derde", "honderd", "duizend", "en", "ën"}, key=len, reverse=True)
)
WORD = rf"\b(?:{PARTS})+(?:ste|de|tal)?\b"  # what may be a number; `number_in_words` tells whether it is


def number_in_words(word: str) -> Decimal | None:
    """Read a word as a number; None where it is none, such as `en`, or `een`, which is mostly an article."""
    word = word.lower()
    if word in ALONE or word == "een":
        return ALONE.get(word)
    number = _cardinal(_without_ending(word))
    return None if number is None else Decimal(number)


def _without_ending(word: str) -> str:
    for ordinal, cardinal in (("eerste", "een"), ("derde", "drie")):
        if word.endswith(ordinal):
            return word.removesuffix(ordinal) + cardinal
    return re.sub("(?<=.)(?:ste|de|tal)$", "", word)


def _cardinal(word: str) -> int | None:
    for name, multiplier in MULTIPLIERS:
        head, found, tail = word.partition(name)
        if found:
            times = _cardinal(head) if head else 1
            rest = _cardinal(tail.removeprefix("en")) if tail else 0
            fits = times is not None and rest is not None and times < 1000 and rest < multiplier
            return times * multiplier + rest if fits and times is not None and rest is not None else None
    return _below_hundred(word.replace("één", "een").replace("ën", "en"))


def _below_hundred(word: str) -> int | None:
    if word in BELOW_HUNDRED:
        return BELOW_HUNDRED[word]
    for number, one in enumerate(ONES, 1):
        ten = word.removeprefix(f"{one}en")
        if ten != word and ten in TENS:
            return BELOW_HUNDRED[ten] + number
    return None
