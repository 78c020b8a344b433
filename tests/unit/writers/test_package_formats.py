from pathlib import Path

from conftest import Copy
from vierdepijler.writers.formats.file_formats import PACKAGE_FORMATS
from vierdepijler.writers.formats.publication import MEDIA_TYPES, publication_of


def test_each_format_writes_a_file_of_its_own_of_a_kind_that_is_known(miniature: Copy, tmp_path: Path) -> None:
    package = miniature.read()
    files = [form.file(package) for form in PACKAGE_FORMATS]
    assert "miniature.sqlite" in files
    assert len(set(files)) == len(files)
    for form, file in zip(PACKAGE_FORMATS, files, strict=True):
        form.write(publication_of(package), tmp_path / file)
        assert (tmp_path / file).stat().st_size > 0
        assert file.rpartition(".")[2] in MEDIA_TYPES
