"""Mojibake: text in UTF-8 that was read in another encoding, and what it would have been."""

import re
from collections.abc import Iterator

# The bytes of a letter in UTF-8, read as Windows-1252: the first tells how many others belong to it.
IN_WINDOWS = r"\x{152}\x{153}\x{160}\x{161}\x{178}\x{17D}\x{17E}\x{192}\x{2C6}\x{2DC}\x{2013}-\x{203A}\x{20AC}\x{2122}"
GARBLED = (
    "(?:"
    rf"[\x{{C2}}-\x{{DF}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]"
    rf"|[\x{{E0}}-\x{{EF}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]{{2}}"
    rf"|[\x{{F0}}-\x{{F4}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]{{3}})+"
)
LOST = "\ufffd"
# What is likely to have been there: one letter, mark or emoji of ours, or more of any other script.
OURS = "\u00a0-\u017f\u2010-\u205e\u20ac\u2122\u2190-\u22ff\ufb00-\ufb06\ufeff\U0001f000-\U0001faff"
LIKELY = re.compile(f"[{OURS}]|..+", re.DOTALL)
BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)}


def in_python(pattern: str) -> re.Pattern[str]:
    """Turn a pattern for whole columns, which are searched by RE2, into one for single texts."""
    return re.compile(re.sub(r"\\x\{(\w+)\}", lambda code: f"\\U{int(code[1], 16):08x}", pattern))


RUNS = in_python(f"{GARBLED}|{LOST}+")


def find_garbled(text: str) -> Iterator[re.Match[str]]:
    """Find each run of UTF-8 that was read as Windows-1252 or Latin-1, or of what stands for a lost letter."""
    return (run for run in RUNS.finditer(text) if LOST in run[0] or _is_another(run[0]))


def is_garbled(text: str) -> bool:
    """Tell whether a text holds any of these."""
    return any(True for _ in find_garbled(text))


def _is_another(run: str) -> bool:
    """Tell whether letters are those of a likely text in UTF-8: a capital before a curly quote can be by chance."""
    try:
        return LIKELY.fullmatch(run.translate(BYTES).encode("latin-1").decode("utf-8")) is not None
    except UnicodeError:
        return False
