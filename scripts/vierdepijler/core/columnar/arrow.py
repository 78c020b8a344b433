"""Columns of text as Arrow keeps them: their bytes, and what is true of each; and Arrow without pandas.

pyarrow loads pandas with the first array that it makes, in case that is of pandas. Where pandas is not installed,
pyarrow does without; so it does where it looks for pandas and is told that there is none. That is worth it for a check
of small tables, which takes no longer than loading pandas does.
"""

import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Mask = np.ndarray[Any, np.dtype[np.bool_]]
# With the type of what they stand beside: else Arrow looks for one each time, five times the work for a short column.
# They are made of bytes, for `pa.scalar` would load pandas before anybody can spare it.
NO_TEXT, NO_DAY = pa.nulls(1, pa.string())[0], pa.nulls(1, pa.date32())[0]
NO_LENGTH = pa.Array.from_buffers(pa.int32(), 1, [None, pa.py_buffer(bytes(4))])[0]


def as_mask(values: pa.BooleanArray | pa.BooleanScalar) -> Mask:
    """Give a mask of truth values, in which null is false."""
    if values.null_count:
        values = pc.fill_null(values, fill_value=False)
    mask: Mask = values.to_numpy(zero_copy_only=False)
    return mask


def text_bytes(texts: pa.StringArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Give the bytes of all texts of a column, one after the other."""
    ends = text_ends(texts)
    data = texts.buffers()[2]
    return np.frombuffer(data or b"", np.uint8)[ends[0] : ends[-1]]


def text_ends(texts: pa.StringArray) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Give where each text starts in the buffer of its column, and where the last one ends."""
    if not len(texts):
        return np.zeros(1, np.int32)
    ends = np.frombuffer(texts.buffers()[1], np.int32)
    return ends[texts.offset : texts.offset + len(texts) + 1]


def is_plain(texts: pa.StringArray) -> bool:
    """Tell whether all texts are printable ASCII."""
    characters = text_bytes(texts)
    return not len(characters) or bool(characters.min() >= ord(" ") and characters.max() <= ord("~"))


class NoPandas:
    """Among those whom Python asks where a module is, one who says that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Refuse pandas; leave everything else to the others."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def spare_pandas() -> None:
    """Let pyarrow look for pandas, which it does once, and find nothing; an import of pandas is not hindered.

    Does nothing in a process that has loaded pandas already. Afterwards `pyarrow.array` does not know a series of
    pandas, nor `pandas.NA` in a list: this is for a process that has no use for pandas.
    """
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, NoPandas)
    try:
        pa.array([None]).to_numpy(zero_copy_only=False)  # its Python, and its C++ too
    finally:
        sys.meta_path.remove(NoPandas)
