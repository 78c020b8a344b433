"""Files of text that others wrote; and one way of writing: beside, flushed to the disk, and then one rename.

What is written appears whole or not at all, also where the run is killed, the disk is full or the power goes. What is
under way lies in a workshop: a folder beside its target that is locked for as long as its process lives, so that the
next run knows which workshops are of dead ones, and clears them.
"""

import csv
import ctypes
import errno
import glob
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .columnar import LONGEST, MOST_COLUMNS, BrokenCsvError, LongLineError, WideRowError
from .problems import Message, UnreadableError, heard, quoted, say, unreadable
from .tables import Layout

if sys.platform != "win32":
    import fcntl

NEW, OLD = "new", "old"  # in a workshop: what is made, and what it replaces as long as that is not sure
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LOCKED = frozenset({errno.EACCES, errno.EPERM})
IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR})


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target`, on its disk, in which to make what will take its place.

    It goes in the end, and those that dead runs left for this target went before. Raises `UnreadableError` that names
    `target` where its folder cannot be written, or its disk is full.
    """
    with telling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_up(target)
        folder, lock = _claim(target)
        try:
            yield folder
        finally:
            _remove(folder, target)
            _release(lock)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder among the temporary files of the system, for what is only needed on the way."""
    with workshop(_aside()) as folder:
        yield folder


def clear_scratch() -> None:
    """Remove the temporary folders that dead runs left: the next one may have no need of such a folder itself."""
    clear_up(_aside())


def _aside() -> Path:
    return Path(tempfile.gettempdir()) / "vierdepijler"


def write_file(path: Path, text: str) -> None:
    """Write a text (UTF-8, its line ends as they are) in the place of a file, whole or not at all.

    What is no ordinary file, such as a pipe, is written as it is. Raises `UnreadableError` where that cannot be done.
    """
    target = path.resolve()  # behind a link, so that the link stays
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8", newline="")
        return
    with workshop(target) as folder:
        draft = folder / NEW
        draft.write_text(text, encoding="utf-8", newline="")
        flush(draft)
        take_place(draft, target)
        flush(target.parent)


def share(source: str | Path, target: str | Path) -> None:
    """Let a file that is never written again, but replaced, stand in a second place too."""
    try:
        os.link(source, target)
    except OSError:  # a file system without links, or another one
        shutil.copy2(source, target)


def flush(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk and not only on their way."""
    if sys.platform == "win32" and path.is_dir():
        return  # there names are on the disk by themselves, and a folder cannot be opened
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """See to it that a folder with all in it is on the disk.

    Where the system can, all that its disk has still to write is written at once (Linux: syncfs): with thousands of
    files that takes a fiftieth of the time.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if syncfs is None:
        for path in (*folder.rglob("*"), folder):
            flush(path)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def clear_up(target: Path) -> None:
    """Remove the workshops that dead runs left for a target."""
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        middle = leftover.name.removeprefix(f".{target.name}.").removesuffix(".tmp")
        if "." in middle:
            continue  # of another target, whose name begins as this one
        with suppress(OSError):  # it is in use, or has gone meanwhile
            lock = _lock(leftover, is_waiting=False)
            try:
                _remove(leftover, target)
            finally:
                _release(lock)


def _remove(folder: Path, target: Path) -> None:
    """Remove a workshop; what was set aside in it goes back, where nothing has come in its place."""
    if (folder / OLD).exists() and not target.exists():
        (folder / OLD).rename(target)
    shutil.rmtree(folder, ignore_errors=True)


def take_place(source: Path, target: Path) -> None:
    """Give a file its place, with the permissions of the one that stands there."""
    if target.is_file():
        shutil.copymode(target, source)
    source.replace(target)


def _claim(target: Path) -> tuple[Path, int | None]:
    """Make a workshop and lock it; one that another run took for a leftover, just before, is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        with suppress(FileNotFoundError):
            lock = _lock(folder, is_waiting=True)
            if folder.exists():
                return folder, lock
            _release(lock)


def _lock(folder: Path, *, is_waiting: bool) -> int | None:
    """Lock a folder for as long as this process lives; raises `OSError` where another one has it."""
    if sys.platform == "win32":
        if is_waiting:
            return None  # a folder cannot be locked there, so leftovers stay until somebody removes them
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(folder))
    handle = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if is_waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


@contextmanager
def telling(target: Path) -> Iterator[None]:
    """Say of a full disk, or of a folder that cannot be written, which it is: who wrote there may name other files."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:  # also one that a library, or whoever called it, made of it
        if told := _told(error, target):
            raise told from error
        raise


def _told(error: BaseException, target: Path) -> UnreadableError | None:
    """Say what stops the writing of `target`; None where it is something else."""
    if any(isinstance(cause, OSError) and cause.errno in FULL for cause in _causes(error)):
        what, todo = say("the disk of this folder is full"), say("make room on it, or write on another disk")
        return unreadable(str(target.parent), what, todo)
    reason = _reason(error, target) if isinstance(error, OSError) else None
    return None if reason is None else unwritable(target.parent, reason)


def unwritable(folder: Path, reason: Message) -> UnreadableError:
    """Make the error that says that a folder cannot be written, and why."""
    what = say("the folder cannot be written ({reason})", reason=reason)
    return unreadable(str(folder), what, say("let it be written, or choose another one"))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _reason(error: OSError, target: Path) -> Message | None:
    """Tell why the folder of `target` cannot be written; None for an error about a file that is read, or another."""
    if error.errno == errno.EROFS:
        return heard(str(error.strerror))
    if not isinstance(error.filename, str | bytes):
        return None
    place, folder = Path(os.fsdecode(error.filename)).absolute(), target.parent.absolute()
    holds = folder.is_relative_to(place)
    if error.errno in IN_THE_WAY and holds:
        return say("a file is in the way")
    inside = place.relative_to(folder).parts[:1] if place.is_relative_to(folder) else ()
    is_ours = any(name == target.name or name.startswith(f".{target.name}.") for name in inside)
    return heard(str(error.strerror)) if error.errno in LOCKED and (holds or is_ours) else None


MEGABYTE = 1 << 20
WRITTEN = 4 * MEGABYTE  # more than anybody writes on a page, or in the settings of one
MARK = "\ufeff"
QUOTED_CELL = re.compile(r'"(?:[^"]++|"")*+"')
LINE_ENDS = tuple(map(re.compile, (r"\r\n", r"(?<!\r)\n", r"\r(?!\n)")))
CONTROLS = bytes([*range(10), 11, 12, *range(14, 32), 127])  # all of ASCII's but those that end a line
# In UTF-8: ASCII, and the letters U+00C0 to U+017F, which are two bytes each, the first of them one of three.
PLAIN = bytes({*range(128), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5} - {*CONTROLS})


def read_text(path: Path, file: str, encoding: str = "utf-8", most: int | None = None) -> str:
    """Read a text file, called `file` in messages; raises `UnreadableError` where that cannot be done."""
    content = read_content(path, file, most)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise not_in_encoding(file, encoding, content[error.start], line) from error
    except (LookupError, ValueError) as error:
        what = say("{encoding} is no encoding of text", encoding=quoted(encoding))
        raise unreadable(file, what, "use UTF-8 and declare 'utf-8'") from error


def read_content(path: Path, file: str, most: int | None = None) -> bytes:
    """Read an ordinary file of at most so many bytes; without `most`, one with lines of an ordinary length.

    Raises `UnreadableError` for any other: a pipe or a device may give bytes for ever, or none.
    """
    if path.is_dir():
        raise unreadable(file, "this is a folder", "name a file in it")
    try:
        if path.exists() and not path.is_file():
            raise unreadable(file, "this is no ordinary file", "put the file itself there")
        if most is not None and path.stat().st_size > most:
            what = say("this file is larger than {size} MB", size=most // MEGABYTE)
            raise unreadable(file, what, "check that it is the file you mean, or part it")
        return b"".join(_in_pieces(path, file))
    except OSError as error:
        what = say("the file cannot be read ({reason})", reason=heard(str(error.strerror)))
        raise unreadable(file, what, "check the path, and that the file is there") from error


def _in_pieces(path: Path, file: str) -> Iterator[bytes]:
    """Give the bytes of a file, as long as it has lines."""
    line = 1
    with path.open("rb") as opened:
        while piece := opened.read(LONGEST):
            if len(piece) == LONGEST and b"\n" not in piece and b"\r" not in piece:
                raise too_long(file, line)
            line += piece.count(b"\n")
            yield piece


def too_long(file: str, line: int) -> UnreadableError:
    """Refuse a file with a line that no program can show."""
    what = say("this line, or a cell in it, is longer than {size} MB", size=LONGEST // MEGABYTE)
    return unreadable(file, what, "check the quotes from there on, and that this is a text file", line=line)


def not_in_encoding(file: str, encoding: str, byte: int, line: int) -> UnreadableError:
    """Refuse a file, called `file` in messages, with a byte that is no text in its encoding."""
    name = encoding.upper().removesuffix("-SIG")
    what = say("the text is not {encoding}: byte {byte} cannot be read", encoding=name, byte=f"0x{byte:02x}")
    return unreadable(file, what, "save the file again as UTF-8", line=line)


def csv_error(file: str, error: Exception) -> UnreadableError:
    """Say why, and where, the reader of CSV breaks off in a file."""
    line = error.line if isinstance(error, BrokenCsvError) else 1
    match error:
        case LongLineError():
            return too_long(file, line)
        case WideRowError():
            what = say("this row has more than {number} cells", number=MOST_COLUMNS)
            return unreadable(file, what, "check the delimiter, or make rows of the columns", line=line)
        case _:
            what = say("this is not a CSV file that can be read ({reason})", reason=heard(str(error)))
            return unreadable(file, what, "check the quotes from there on", line=line)


def encoding_error(path: Path, file: str, encoding: str) -> UnreadableError:
    """Find the line of a large file on which it is not in its encoding; it is known that there is one."""
    with path.open("rb") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(LONGEST), b""), start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError as error:
                return not_in_encoding(file, encoding, line[error.start], number)
    raise AssertionError(file)


def csv_text(rows: Iterable[Iterable[str]], line_end: str = "\n") -> str:
    """Write rows as our tables are: commas, quotes only where they are needed, a line end behind every row."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file that we wrote ourselves: its rows by the names in its header; none where there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_layout(text: str) -> Layout:
    """Look at the mark at the start, the kinds of line end, the end, and whether any character is out of the way."""
    ends = [1]
    if sum(kind in text for kind in ("\r\n", "\n", "\r")) > 1:
        # Only then is it worth a closer look: a line end within quotes belongs to its cell.
        outside = QUOTED_CELL.sub(lambda cell: re.sub(r"[\r\n]", " ", cell[0]), text)
        found = (pattern.search(outside) for pattern in LINE_ENDS)
        ends = [text.count("\n", 0, end.start()) + 1 for end in found if end]
    return Layout(text.startswith(MARK), tuple(ends), text.endswith(("\n", "\r")), is_plain_text(text))


def is_plain_text(text: str) -> bool:
    """Tell whether the text has no character that the rules of hygiene need to look at."""
    return is_plain_content(text.encode(errors="surrogatepass"))


def is_plain_content(content: bytes) -> bool:
    """Tell the same of a text in UTF-8."""
    return not content.translate(None, PLAIN)


def save_text(path: Path, text: str) -> None:
    """Write a text (UTF-8, its line ends as they are) to a file, in a folder that is made where there is none.

    It is for what is made aside: `core.writing` writes in the place of a file whole or not at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
