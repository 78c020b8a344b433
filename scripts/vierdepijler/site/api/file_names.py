"""Names of files from keys of rows: fit for every file system, always the same, and another one for every key.

Small letters, digits, `-` and `_` stand for themselves. A capital is `~` and its small letter, so that no two names
differ in capitals alone; any other character is `~~` and two hexadecimals for each of its bytes in UTF-8; an empty part
is `~0`. Parts are joined by a dot. The first letter of a name that Windows keeps for a device is written as a byte. Of
a name that is too long the head is kept, with `~.` and half of the SHA-256 of the whole.
"""

import hashlib
import re
from collections.abc import Iterable

LONGEST = 150  # file systems take 255 bytes for a name, and Windows 260 characters for a whole path
KEPT = 80
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")  # of Windows, whatever the extension


def file_name(parts: Iterable[str]) -> str:
    """Give the name of the file for a key, without its extension: `2025-02-25.obliged`, `~s00.5`."""
    name = ".".join(_part(part) for part in parts)
    if DEVICES.match(name):
        name = f"{_byte(ord(name[0]))}{name[1:]}"
    return name if len(name) <= LONGEST else f"{name[:KEPT]}~.{_digest(name)}"


def version_name(version: str) -> str:
    """Give the name of the file for a version, which keeps its dots: `0.2.0`."""
    return file_name(version.split("."))


def _part(text: str) -> str:
    return "".join(_character(character) for character in text) or "~0"


def _character(character: str) -> str:
    if re.fullmatch(r"[a-z0-9_-]", character):
        return character
    if re.fullmatch(r"[A-Z]", character):
        return f"~{character.lower()}"
    return "".join(_byte(byte) for byte in character.encode("utf-8"))


def _byte(byte: int) -> str:
    return f"~~{byte:02x}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
