"""What MkDocs warns of while it builds, gathered so that every warning can be told as a problem."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Gatherer(logging.Handler):
    """Keeps the messages that are logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.gathered: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.gathered.append(record.getMessage())


@contextmanager
def warnings_of_mkdocs() -> Iterator[list[str]]:
    """Gather what MkDocs warns of, which it would otherwise say to a console that is not there."""
    handler = _Gatherer(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield handler.gathered
    finally:
        logger.removeHandler(handler)
