import pytest

from vierdepijler.releases.archives import Step, Version, version_of


@pytest.mark.parametrize(
    ("step", "version"),
    [(Step.NONE, "1.2.3"), (Step.PATCH, "1.2.4"), (Step.MINOR, "1.3.0"), (Step.MAJOR, "2.0.0")],
)
def test_what_changed_tells_which_version_comes_next(step: Step, version: str) -> None:
    assert str(Version(1, 2, 3).after(step)) == version


@pytest.mark.parametrize(("step", "version"), [(Step.PATCH, "0.2.4"), (Step.MINOR, "0.3.0"), (Step.MAJOR, "0.3.0")])
def test_before_the_first_major_version_the_second_number_is_the_highest(step: Step, version: str) -> None:
    assert str(Version(0, 2, 3).after(step)) == version


def test_versions_come_in_the_order_of_their_numbers() -> None:
    texts = ["0.10.0", "0.9.0", "1.0.0", "0.9.12"]
    read = sorted(version for text in texts if (version := version_of(text)))
    assert [str(version) for version in read] == ["0.9.0", "0.9.12", "0.10.0", "1.0.0"]


@pytest.mark.parametrize("text", ["", "1.2", "1.2.3-rc.1", "01.2.3", "v1.2.3", "1.2.3\n"])
def test_what_is_not_three_numbers_is_no_version(text: str) -> None:
    assert version_of(text) is None
