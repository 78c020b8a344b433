from fresh_process import run_code

SPARED = (
    "from vierdepijler.core.columnar.blocks import spare_pandas\nspare_pandas()\nimport numpy as np, pyarrow as pa\n"
)
AT_WORK = """
import pyarrow.compute as pc
numbers = pa.array([1, None]); texts = pa.array(["a"]); pa.scalar(1); pa.array(np.arange(3)).to_numpy()
np.asarray(numbers.fill_null(1)); pc.is_null(numbers).to_numpy(zero_copy_only=False); pc.equal(texts, "a")
pa.table({"group": np.arange(3)}).group_by("group").aggregate([])
"""


def test_pyarrow_loads_pandas_by_itself() -> None:
    # Where this fails, `spare_pandas` can go.
    assert "pandas" in run_code(f"import numpy as np, pyarrow as pa\n{AT_WORK}").loaded


def test_pyarrow_does_without_pandas() -> None:
    done = run_code(SPARED + AT_WORK)
    assert done.code == 0, done.said
    assert "pandas" not in done.loaded


def test_pandas_can_be_had_afterwards() -> None:
    done = run_code(SPARED + "import pandas as pd; print(pa.array([1, None]).to_pandas().sum())")
    assert done.said == "1.0\n"
    assert "pandas" in done.loaded
