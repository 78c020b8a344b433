"""The page "Must I?" in a browser: a question at a time, one outcome, and the answers in the address."""

import pytest
from playwright.sync_api import Page, expect

from browsers import Open
from built_pages import translated
from tours import begin, tab_to
from visits import COLOURS, DESKTOP, SMALLEST, STANDARDS, ask, violations

NL, EN = "wie-moet.html", "en/who-must.html"
SHOWN = ".path__step:visible, .path__outcome:visible"
MUST = "no.flanders.yes.no.no"


def place(page: Page) -> str:
    """Give the heading of the one question or outcome that is shown."""
    return page.locator(SHOWN).locator("h2").inner_text()


def answer(page: Page, word: str) -> None:
    page.locator(f"[data-answer='{word}']:visible").click()


@pytest.mark.parametrize(
    ("words", "outcome", "parts"),
    [
        (MUST, "Het traject is verplicht, zegt de pagina van één gemeente", "uren kosten termijn vragen"),
        ("no.flanders.yes.no.yes", "Het traject is een keuze, zegt de pagina van één", "uren kosten termijn vragen"),
        ("no.flanders.yes.yes.yes", "Je mag inburgeren. Het traject is een keuze, zegt", "uren kosten vragen"),
        ("no.flanders.no.no", "Voor jou vonden we geen regel", "vragen"),
        ("no.flanders.unsure", "Vraag het na", "vragen"),
        ("no.brussels", "In Brussel weten we het niet zeker", "uren vragen"),
        ("yes", "Dit traject is niet voor jou", "vragen"),
    ],
)
def test_a_click_for_each_question_leads_to_one_outcome(page: Page, words: str, outcome: str, parts: str) -> None:
    page.goto(NL)
    for word in words.split("."):
        expect(page.locator(SHOWN)).to_have_count(1)
        answer(page, word)
        expect(page.locator("h2:focus")).to_have_count(1)  # what a screen reader reads
    assert place(page).startswith(outcome)
    shown = page.locator(".path__part:visible h2").evaluate_all("all => all.map((one) => one.id).join(' ')")
    assert shown == " ".join(f"deel-{part}" for part in parts.split())
    assert page.url.endswith(f"#path.{words}")
    assert page.locator(".path__trail li").count() == len(words.split("."))


def test_the_outcome_says_on_what_it_rests_what_it_costs_and_whom_to_ask(page: Page) -> None:
    page.goto(f"{EN}#path.{MUST}")
    told = page.locator(".guide").inner_text().replace("\xa0", " ")
    for part in (
        "Municipality's own page",
        "Gemeente Herent",
        "at least 40",
        "at most EUR 180[S12] + at most EUR 180[S12]",
    ):
        assert part in told
    for part in ("You must report within", "EUR 50", "Atlas", "Amal", "AGII", "ikdoemee.be"):
        assert part in told
    assert "a Belgian born abroad" not in told, "what another outcome rests on"


def test_there_is_a_way_back_and_answers_can_be_changed_and_shared(page: Page) -> None:
    page.goto(NL)
    for word in ("no", "flanders", "yes"):
        answer(page, word)
    assert place(page) == "Ben je vrijgesteld?"
    page.go_back()
    assert place(page) == "Klopt dit alles voor jou?"
    page.locator("[data-path=back]").click()
    assert place(page) == "Waar woon je?"
    page.goto(f"{NL}#path.{MUST}")
    page.locator(".path__trail a").nth(1).click()
    assert place(page) == "Waar woon je?"
    answer(page, "brussels")
    page.locator("[data-path=restart]").click()
    assert place(page) == "Ben je asielzoeker, of blijf je maar kort?"
    expect(page.locator("[role=status]").last).to_be_empty()
    page.goto(f"{NL}#path.no.nonsense.yes")
    page.reload()
    assert place(page) == "Waar woon je?"


def test_a_place_in_what_is_folded_is_found(page: Page) -> None:
    page.goto(f"{NL}#deel-kosten")
    expect(page.locator("#deel-kosten")).to_be_in_viewport()
    assert page.locator(SHOWN).count() == page.locator(".path__step, .path__outcome").count()
    page.locator("[data-path=one]").click()
    assert page.locator(SHOWN).count() == 1
    page.goto(f"{NL}#niet")
    page.reload()
    assert page.locator(SHOWN).count() == 1


def test_the_whole_way_by_keyboard(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    begin(page, EN)
    for word in MUST.split("."):
        tab_to(page, f"[data-answer='{word}']")
        page.keyboard.press("Enter")
        expect(page.locator("h2:focus")).to_have_count(1)  # the address has changed, and the page followed
    assert place(page) == "The trajectory is compulsory, says the page of one municipality"


@pytest.mark.parametrize("words", ["", f"#path.{MUST}"], ids=["a question", "an outcome"])
def test_it_is_accessible_on_the_smallest_screen_in_light_and_dark(opened: Open, words: str) -> None:
    page = opened(NL + words, viewport=SMALLEST, reduced_motion="reduce")
    assert violations(page, STANDARDS, [".guide"]) == []
    assert ask(page, "width") == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, {"runOnly": {"type": "rule", "values": COLOURS}}, [".guide"]) == []


def test_an_outcome_is_printed_alone(page: Page) -> None:
    page.goto(f"{NL}#path.{MUST}")
    page.emulate_media(media="print")
    assert page.locator("#uitkomst-moet").is_visible()
    assert page.locator(".path__trail li").count() == 5
    assert not page.locator("#regels").is_visible()
    assert ask(page, "paper") == []


def test_without_scripts_the_whole_path_can_be_followed(opened: Open) -> None:
    page = opened(NL, java_script_enabled=False)
    assert page.locator(SHOWN).count() == page.locator(".path__step, .path__outcome").count()
    answer_to_first = page.locator("#stap-groep ~ ul [data-answer=no]")
    answer_to_first.click()
    expect(page.locator("#stap-waar")).to_be_in_viewport()
    assert not page.locator(".path__trail").is_visible()


TRANSLATED = [f"{one}/{translated().pages[one]['trajectory_rules'].address}" for one in translated().labels]


@pytest.mark.parametrize("file", TRANSLATED)
def test_a_translation_asks_the_same_and_its_dutch_is_beside_it(opened: Open, file: str) -> None:
    page = opened(f"{file}#path.{MUST}", viewport=SMALLEST, reduced_motion="reduce")
    assert page.locator("#uitkomst-moet").is_visible()
    assert page.locator(SHOWN).count() == 1
    assert page.locator(".path__trail li").count() == 5
    dutch = page.locator(".path__outcome:visible .beside__other")
    assert not dutch.locator("[lang=nl]").is_visible()
    dutch.locator("summary").click()
    assert "Het traject is verplicht, zegt de pagina van" in dutch.locator("[lang=nl]").inner_text()
    assert violations(page, STANDARDS, ["main"]) == []
    assert ask(page, "width") == []
    page.set_viewport_size(DESKTOP)
    left, right = (page.locator(f".path__outcome:visible .beside > {one}") for one in ("div", "details"))
    boxes = [box for one in (left, right) if (box := one.bounding_box())]
    assert boxes[0]["y"] == boxes[1]["y"], "side by side"
    is_mirrored = page.locator("html").get_attribute("dir") == "rtl"
    assert (boxes[0]["x"] > boxes[1]["x"]) is is_mirrored
