"""What was published, found by its addresses."""

from pathlib import Path

from vierdepijler.quality.scoring.published_site import PublishedSite


def test_tables_are_read_with_line_ends_in_their_cells(tmp_path: Path) -> None:
    latest = tmp_path / "data" / "latest"
    latest.mkdir(parents=True)
    (latest / "a b.csv").write_text('x,y\n1,"two\nlines"\n')
    site = PublishedSite(tmp_path, "https://site.example/")
    assert site.rows("a b") == [{"x": "1", "y": "two\nlines"}]
    assert site.rows("none") == []
    assert (site.has("data/latest/a b.csv"), site.has("data/latest"), site.has("none")) == (True, False, False)
