"""Text that a spreadsheet runs as a formula when it opens a file (OWASP, "CSV Injection").

The patterns are those of RE2 and of Python alike; the wide signs are those of Chinese and Japanese keyboards.
"""

import re

SIGNS = "=+@＝＋－＠-"
FORMULA = rf"^[\t\r ]*[{SIGNS}]+[^{SIGNS}]"
SIGNED_NUMBER = r"^[+-]?[0-9][0-9., ]*%?$"
# Opened with other settings, a file is cut at these too, and then what stands behind one begins a cell.
CUTS = r"[;,\t\r\n]"
CUT_FORMULA = rf"^[{SIGNS}][^\s{SIGNS}]"


def runs_as_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text, or a piece of it where it cuts the text at another separator."""
    whole = re.search(FORMULA, text) is not None and not re.search(SIGNED_NUMBER, text)
    return whole or any(
        re.search(CUT_FORMULA, piece) and not re.search(SIGNED_NUMBER, piece) for piece in re.split(CUTS, text)[1:]
    )
