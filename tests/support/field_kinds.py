"""The kinds of field of generated tables: a type with its further properties, and texts for its cells.

The good texts of a kind stand in ascending order where its values have one, so that the first and the last make bounds
that every good text keeps. Where a text really belongs is for Frictionless to say: a wrong guess here only changes how
many cases are clean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nasty_texts import (
    DATES_BAD,
    DATES_ODD,
    DATES_WORSE,
    INTEGERS_BAD,
    INTEGERS_ODD,
    MOMENTS_BAD,
    MOMENTS_ODD,
    NUMBERS_BAD,
    NUMBERS_ODD,
    NUMBERS_WIDE,
    TIMES_BAD,
    TIMES_ODD,
    Texts,
)


@dataclass(frozen=True)
class Kind:
    """A type of field with its further properties, its texts, and what numbers its own keys (`{}` is the number)."""

    type: str
    good: Texts
    odd: Texts = ()
    bad: Texts = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def texts(self) -> Texts:
        """Every text of the kind, good or not."""
        return (*self.good, *self.odd, *self.bad)


STRINGS = (
    Kind(
        "string",
        ("a", "aa", "ab", "abc", "b", "groep 01", "x y", "été"),
        (
            "1",
            "01",
            "A",
            "Abc",
            " a",
            "a ",
            "a\n",
            "a\r\nb",
            "a,b",
            'a "b" c',
            "e\u0301te\u0301",
            "😀",
            "a\u200bb",
            "A\x00",
        ),
        key="k{}",
    ),
    Kind("string", ("a\nb", "c", 'say "hi"', "d,e", "f\r\ng", "h;i"), ("j\rk", '"', " "), key="line\n{}"),
    Kind("string", ("a b", "b c", "c d"), ("", " "), key="row {}"),
    Kind("string", ("01", "02", "10", "11"), ("1", "+1", "1.0", " 1", "1_0", "١"), key="{:03}"),
    Kind("string", ("1", "2", "3", "10"), ("01", "+1", "1.0", " 1", "1_0", "١", "1e0"), key="{}"),
    Kind(
        "string",
        ("a@example.nl", "b.c@example.nl"),
        ("a+b@example.nl", "é@example.nl"),
        ("a@", "@b", "a b@example.nl", "a@example.nl ", "a@b@c.nl"),
        {"format": "email"},
        "a{}@example.nl",
    ),
    Kind(
        "string",
        ("http://example.nl/a", "https://example.nl"),
        ("urn:a:b", "mailto:a@b.nl", "a:b", "http://é.nl", "http://[::1]/"),
        ("example.nl", "//a", "", "http ://a", " http://a.nl", "http://[::1/"),
        {"format": "uri"},
        "urn:a:{}",
    ),
    Kind(
        "string",
        ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174001"),
        ("123E4567-E89B-12D3-A456-426614174000", "123e4567e89b12d3a456426614174000"),
        ("123e4567-e89b-12d3-a456-42661417400", "{123e4567-e89b-12d3-a456-426614174000}", "x"),
        {"format": "uuid"},
        "123e4567-e89b-12d3-a456-{:012}",
    ),
    Kind("string", ("YQ==", "YWI="), ("YQ==\n", "Y Q = ="), ("a", "YQ", "é==", "YQ="), {"format": "binary"}),
    Kind("string", ("POINT (1 2)", "POINT (30 10)"), ("point(1 2)",), ("POINT 1 2", "x"), {"format": "wkt"}),
)
WHOLE = (
    Kind("integer", ("-1", "0", "1", "2", "10", "99", "100", "2024"), INTEGERS_ODD, INTEGERS_BAD, key="{}"),
    Kind("integer", ("1", "2", "3"), INTEGERS_ODD, INTEGERS_BAD, key="{}"),
    Kind(
        "integer", ("-5", "1", "5%", "€ 6"), ("€-7", "8x", "x", "+9", "1.0"), INTEGERS_BAD, {"bareNumber": False}, "{}"
    ),
    Kind(
        "year",
        ("0000", "1999", "2023", "2024"),
        ("+202", "-001", " 201", "1_00", "٢٠٢٤"),
        ("99", "20240", "20x4"),
        key="2{:03}",
    ),
)
NUMBERS = (
    Kind(
        "number", ("-1.5", "0", "0.1", "1", "1.0", "1.50", "100"), (*NUMBERS_ODD, *NUMBERS_WIDE), NUMBERS_BAD, key="{}"
    ),
    Kind("number", ("1", "2", "3", "10"), ("1.0", "01", "+1", "1e0", "-0", "NaN"), NUMBERS_BAD, key="{}.0"),
    Kind(
        "number",
        ("-1,5", "0,25", "1", "1,5"),
        (",5", "1,", *NUMBERS_WIDE),
        ("1.5", "1,5,2"),
        {"decimalChar": ","},
        "{},5",
    ),
    Kind(
        "number",
        ("1.000", "1.000,5", "2.000.000"),
        ("1.0.0", ".5", "1.,", "10.00,0"),
        ("1,000,5", "1 000"),
        {"groupChar": ".", "decimalChar": ","},
    ),
    Kind("number", ("1", "1,000", "1,000.5"), ("1,0,0", ",1"), ("1.0.0",), {"groupChar": ","}),
    Kind("number", ("1 000", "2 000.5"), ("1\xa0000",), ("1.0.0",), {"groupChar": " "}),
    Kind("number", ("1.5%", "€ 2", "€-2.5 ", "3"), ("x", "1.5e3%", "€.5"), ("1.5.2",), {"bareNumber": False}),
    Kind(
        "number", ("0.1", "0.5", "1", "1e2"), (*NUMBERS_ODD, *NUMBERS_WIDE), NUMBERS_BAD, {"floatNumber": True}, "{}.5"
    ),
)
MOMENTS = (
    Kind("date", ("2023-01-01", "2024-02-29", "2024-12-31"), DATES_ODD, (*DATES_BAD, *DATES_WORSE), key="{:04}-01-31"),
    Kind("date", ("01-02-2024", "29-02-2024"), ("1-2-2024",), ("29-02-2023", "2024-01-01"), {"format": "%d-%m-%Y"}),
    Kind("date", ("2024-01-01", "1 May 2024"), ("May 2024", "10", "2024"), ("2023-02-30", "x", ""), {"format": "any"}),
    Kind(
        "datetime",
        ("2024-01-01T10:00:00", "2024-02-29T23:59:59"),
        MOMENTS_ODD,
        MOMENTS_BAD,
        key="{:04}-01-01T00:00:00",
    ),
    Kind(
        "datetime",
        ("2024-01-01T10:00:00Z", "2024-02-29T23:59:59Z"),
        MOMENTS_ODD,
        MOMENTS_BAD,
        key="{:04}-01-01T00:00:00Z",
    ),
    Kind("datetime", ("2024-01-01 10:00",), ("2024-1-1 9:5",), MOMENTS_BAD, {"format": "%Y-%m-%d %H:%M"}),
    Kind("datetime", ("2024-01-01 10:00",), ("1 May 2024 3pm", "10:00:30 1-2-2024"), ("x", ""), {"format": "any"}),
    Kind("time", ("00:00:00", "10:00:00", "23:59:59"), TIMES_ODD, TIMES_BAD, key="00:00:{:02}"),
    Kind("time", ("10:00", "23:59"), ("9:5",), TIMES_BAD, {"format": "%H:%M"}),
    Kind("time", ("10:00", "10:00:00"), ("3pm", "10h"), ("25:00", "x"), {"format": "any"}),
    Kind(
        "yearmonth",
        ("0001-01", "2023-12", "2024-01"),
        ("2024-1", " 2024- 1", "٢-١", "99999-12"),
        ("2024-13", "2024", "-1-1", "2024-00"),
        key="{}-01",
    ),
    Kind(
        "duration", ("P1D", "PT1H", "P1Y"), ("P1Y2M3DT4H", "P0D", "P1W", "-P1D", "PT36H"), ("1D", "P", "PT", "P1H", "")
    ),
)
OTHERS = (
    Kind("boolean", ("true", "false", "TRUE", "0", "1"), ("True", "False", "FALSE"), ("yes", "tRue", " true", "2", "")),
    Kind("boolean", ("ja", "nee"), ("", "J"), ("true", "Ja"), {"trueValues": ["ja", "J"], "falseValues": ["nee", ""]}),
    Kind("array", ("[]", "[1]", '["a", "b"]'), ("[1,[2]]", " [1] ", "[NaN]"), ("{}", "1", "[", "[1,]", "")),
    Kind("array", ("[1]", "[1, 2]"), ("[]",), ('["x"]', "[1.5]"), {"arrayItem": {"type": "integer"}}),
    Kind("object", ("{}", '{"a": 1}', '{"a": {"b": []}}'), ('{"a":1,"a":2}',), ("[]", "{'a': 1}", "{", "null", "")),
    Kind("list", ("a", "a,b", "a,b,c"), ("", ",", "a,,b")),
    Kind("list", ("1", "1;2"), ("1; 2", "01"), ("1;x", ";", ""), {"delimiter": ";", "itemType": "integer"}),
    Kind(
        "geopoint",
        ("0,0", "4.9, 52.4"),
        ("180,90", "-180,-90", "NaN,1", "1e1,1"),
        ("181,0", "0,91", "1", "x,y", "1,2,3"),
    ),
    Kind("geopoint", ("[4.9, 52.4]",), ('["1","2"]',), ("[1]", "1,2", "[181, 0]"), {"format": "array"}),
    Kind("geojson", ('{"type": "Point", "coordinates": [1, 2]}',), (), ("{}", '{"type": "x"}', "[]", "x"), {}),
    Kind("any", ("a", "1", "2024-01-01"), ("", " ", "null"), (), {}, "{}"),
    Kind("", ("a", "b", "é"), ("", " a", "1"), (), {}, "{}"),
)
# A whole group is chosen first, so that the kinds with a fast way of their own come often.
KINDS = (STRINGS[:5], STRINGS, WHOLE, NUMBERS, MOMENTS, MOMENTS[:1], OTHERS)
