from conftest import Copy
from vierdepijler.writers.formats.file_formats import TABLE_FORMATS
from vierdepijler.writers.formats.publication import MEDIA_TYPES


def test_each_format_has_files_of_its_own_of_a_kind_that_is_known(miniature: Copy) -> None:
    table = miniature.read().tables["counts"]
    files = [form.file(table) for form in TABLE_FORMATS]
    assert files[0] == "counts.csv"
    assert len(set(files)) == len(files)
    assert {form.suffix.rpartition(".")[2] for form in TABLE_FORMATS} <= set(MEDIA_TYPES)
