"""Arrow without pandas: pyarrow loads pandas with the first array that it makes, in case that is of pandas.

Where pandas is not installed, pyarrow does without; so it does where it looks for pandas and is told that there is
none. That is worth it for a check of small tables, which takes no longer than loading pandas does.
"""

import sys

import pyarrow as pa


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
