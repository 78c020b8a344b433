"""One visit to each written page and to pages of each template; and of each question, what it catches in each look."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from built_pages import names, sample
from loopback import served
from vierdepijler.core.package import Package
from vierdepijler.site.hosting_rules import CSP, POLICY
from visits import HEAVIEST, LOOKS, OF_A_PAGE, QUESTIONS, TWO_LOOKS, Visitor

Ask = Callable[..., set[str]]
PARTS = 65  # about a page in each, so that tests are short and one that fails names it


@pytest.fixture(scope="module")
def visitors(browser: Browser, site: Path, address: str, published: Package) -> Iterator[dict[bool, Visitor]]:
    """Visitors that run scripts, and that do not."""
    with browser.new_context() as context, browser.new_context(java_script_enabled=False) as plain:
        pages = {True: context.new_page(), False: plain.new_page()}
        yield {scripts: Visitor(page, site, address, published) for scripts, page in pages.items()}


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_has_no_problem_in_two_looks(visitors: dict[bool, Visitor], site: Path, part: int) -> None:
    visitor = visitors[True]
    found = {name: visitor.visit(name, TWO_LOOKS) for name in sample(site)[part::PARTS]}
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert len(visitor.requests) > 2, "a page loads its style and its scripts"


def test_every_template_is_in_the_sample(site: Path) -> None:
    def templates(pages: list[str]) -> set[str]:
        return {re.sub(r"[0-9.]+/", "release/", name.rpartition("/")[0] + "/") for name in pages}

    assert templates(sample(site)) == templates(names(site))


STYLE = "body { margin: 0 } :focus-visible { outline: 3px solid }"
CELL = "completions.persons[2025-02-25,all]"
MISTAKES = [
    ("structure", "<p><button></button></p>"),
    ("structure", "<p><img src=fine.svg></p>"),
    ("colours", "<p style='color: #999; background: #aaa'>Bleek.</p>"),
    ("sizes", "<p><button>a</button><button>b</button></p><style>button { font: 8px serif }</style>"),
    ("width", "<p style='width: 1300px'>Breed.</p>"),
    ("cut off", "<p style='height: 2rem; overflow: hidden; font-size: 1rem'>Een<br>zin<br>die<br>lang<br>is.</p>"),
    ("motion", "<p style='transition: opacity 1s'>Traag.</p>"),
    ("motion", "<style>@keyframes a { to { opacity: 0 } }</style><p style='animation: a 1s infinite'>Druk.</p>"),
    ("focus", "<a href='#content' style='outline: none'>a</a>"),
    ("focus", "<a href='#content' style='position: absolute; left: -99px'>a</a>"),
    ("focus", "<a href='#content'>a</a>" * 2 + "<a href='#content' class=b>a</a><style>.b { outline: none }</style>"),
    ("focus", "<a href='#content'>a</a><i style='position: fixed; inset: 0; background: white'></i>"),
    ("paper", "<p><button>Kopieer</button></p>"),
    ("lost", "<p><button>Kopieer</button></p>"),
    ("lost", "<table hidden><tr><td>Weg.</td></tr></table>"),
    ("lost", "<figure data-chart='x'>Geen tekening.</figure>"),
    ("console", "<script>throw Error('Fout.')</script>"),
    ("console", "<script>console.error('Fout.')</script>"),
    ("console", "<p><img src=nothing.svg alt=''></p>"),
    ("hosts", "<p><img src=http://elsewhere.example/a.svg alt=''></p>"),
    ("hosts", "<script>setTimeout(() => fetch('http://elsewhere.example/a'))</script>"),
    ("weight", "<link rel=stylesheet href=fat.css>"),
    ("weight", "<script>import('./fat.js')</script>"),
    ("weight", "<p><img src=fat.svg alt=''></p>"),
    ("weight", "<script>fetch('search_index.json')</script>"),
    ("links", "<a href=nothing.html>a</a>"),
    ("links", "<a href='index.html#nothing'>a</a>"),
    ("links", "<script>document.write('<a href=nothing.html>a</a>')</script>"),
    ("numbers", f"<data value=3811 data-cell='{CELL}'>3.812</data>"),
    ("numbers", f"<data value=3812 data-cell='{CELL}'>3.811</data>"),
    ("numbers", f"<script>document.write('<data value=3811 data-cell=\"{CELL}\">3,811</data>')</script>"),
]


@pytest.fixture
def small(visitors: dict[bool, Visitor], tmp_path: Path) -> Iterator[Ask]:
    """Give what visits a small page in every look, and gives each look and question that something was wrong with."""
    noise = hashlib.shake_256(b"fat").hexdigest(HEAVIEST)  # half of it is left when it is compressed
    for name in ("fat.css", "fat.js", "fat.svg"):
        (tmp_path / name).write_text(f"/* {noise} */")
    (tmp_path / "search_index.json").write_text("{}")

    def caught(body: str, asked: Collection[str] = QUESTIONS) -> set[str]:
        (tmp_path / "index.html").write_text(
            f"<!doctype html><html lang=nl><meta charset=utf-8><link rel=icon href='data:,'><title>Fout</title>"
            f"<style>{STYLE}</style><body><main id=content><h1>Fout</h1><p>Een zin.</p>{body}</main></body></html>"
        )
        found = []
        for scripts, visitor in visitors.items():
            looks = [name for name, look in LOOKS.items() if look.scripts is scripts and {*asked} & {*look.asked}]
            if looks or (scripts and {*asked} & {*OF_A_PAGE}):
                found += visitor.at(tmp_path, address).visit("index.html", looks, asked)
        parts = [problem.split(": ") for problem in found]
        return {": ".join(part[: 2 if part[0] in LOOKS else 1]) for part in parts}

    with served(tmp_path) as address:
        yield caught


@pytest.mark.parametrize(("question", "mistake"), MISTAKES)
def test_a_mistake_is_caught_in_every_look_that_is_asked_for_it(small: Ask, question: str, mistake: str) -> None:
    wanted = {f"{name}: {question}" for name, look in LOOKS.items() if question in look.asked} or {question}
    assert small(mistake, (question,)) == wanted


def test_each_question_has_a_mistake_and_finds_none_where_there_is_none(small: Ask) -> None:
    assert {question for question, _ in MISTAKES} == set(QUESTIONS)
    assert small(f"<data value=3811 data-cell='{CELL}'>3.811</data>") == set()


NOT_EVERYWHERE = """<style>
  :root { color-scheme: light dark; --paper: #fff; --ink: #111 }
  @media (prefers-color-scheme: dark) { :root { --paper: #111; --ink: #444 } }
  @media (max-width: 40rem) { :root { --wide: none } }
  body { background: var(--paper); color: var(--ink) } button { display: var(--wide, block) }
</style><p>Een zin.</p><button></button>"""


def test_a_mistake_is_caught_where_it_shows(small: Ask) -> None:
    wanted = {"desktop light: structure", "phone dark: colours", "desktop dark: colours"}
    assert small(NOT_EVERYWHERE, ("structure", "colours")) == wanted


def test_code_within_a_page_is_refused_as_hosts_refuse_it(visitors: dict[bool, Visitor], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><html lang=nl><title>Fout</title><script>1</script>")
    with served(tmp_path, {CSP: POLICY}) as address:
        found = visitors[True].at(tmp_path, address).visit("index.html", (), ("console",))
    assert "Content Security Policy" in str(found)
