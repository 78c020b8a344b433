import pytest

from vierdepijler.core.notations import runs_as_formula


@pytest.mark.parametrize(
    "text",
    [
        "=A1", "+A1", "-A1", "@SUM(A1)", "＝A1", "==A1", "\t=A1", "\r=A1", "-1+cmd|' /C calc'!A0", "=1", "+1+1",
        "x;=A1", "x,=A1", "x\t@A1", "x\n=A1", "x;-A1", "x;＋A1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_told(text: str) -> None:
    assert runs_as_formula(text)


@pytest.mark.parametrize(
    "text",
    ["", "x", "-5", "+3.5%", "-1.000,5", "-", "--", "=", "3,-", "x = 5", "a; -5", "a;-5", "lijst:\n- een\n- twee"],
)
def test_what_it_would_not_run_is_left_alone(text: str) -> None:
    assert not runs_as_formula(text)
