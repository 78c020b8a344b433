"""The forms in which people, spreadsheets and services read a report: one writer per form.

The same report gives the same text anywhere: no clock, and no path of a machine. JSON follows a JSON Schema of ours,
CSV RFC 4180, SARIF is that of OASIS, version 2.1.0, JUnit what its readers agree on, and the annotations are GitHub's
workflow commands. Of the modules that write them only the one that is asked for is loaded.
"""

from collections.abc import Mapping
from importlib import import_module

from .reports import Reader, Report

FORMS: Mapping[str, tuple[str, str]] = {  # the module and the function that write each
    "text": ("reports", "render_text"),
    "json": ("report_formats", "render_report_json"),
    "csv": ("report_formats", "render_csv"),
    "github": ("report_formats", "render_github"),
    "sarif": ("report_sarif", "render_sarif"),
    "junit": ("report_junit", "render_junit"),
}


def render(form: str, report: Report, reader: Reader) -> str:
    """Write a report in one of the `FORMS`, for a reader; raises `KeyError` for a form that is none of them."""
    module, function = FORMS[form]
    return str(getattr(import_module(f"{__package__}.{module}"), function)(report, reader))
