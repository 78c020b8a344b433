from collections.abc import Callable

from vierdepijler.figures.new_tables import ask_texts


def answering(answers: dict[str, str], asked: list[str]) -> Callable[[str], str]:
    def answer(question: str) -> str:
        asked.append(question)
        return next((text for part, text in answers.items() if question.startswith(part)), "")

    return answer


def test_only_marked_texts_are_asked_and_no_answer_leaves_the_mark() -> None:
    fields = [{"name": "n", "title": "N (nog te schrijven)", "title_en": "Written"}]
    resource = {"name": "t", "description_en": "(to be written: unit items?)", "schema": {"fields": fields}}
    asked: list[str] = []
    ask_texts(resource, answering({"n.title": " Aantal "}, asked), "en")
    assert asked == ["description_en: ", "n.title, now 'N': "]
    assert fields[0]["title"] == "Aantal"
    assert resource["description_en"] == "(to be written: unit items?)"


def test_questions_are_asked_in_dutch_too() -> None:
    asked: list[str] = []
    ask_texts({"title": "X (to be written)"}, answering({}, asked), "nl")
    assert asked == ["title, nu 'X': "]
