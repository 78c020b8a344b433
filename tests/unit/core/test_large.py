from conftest import Copy
from vierdepijler.core.columnar.blocks import Block, block_of
from vierdepijler.core.package import line_behind, line_numbers
from vierdepijler.core.reading import read_package


def test_rows_of_one_line_need_no_list_of_lines() -> None:
    assert line_numbers(block_of([["a", "b"], ["c", "d"]], 2), 5) == range(5, 7)


def test_a_cell_of_more_lines_moves_the_rows_behind_it() -> None:
    block = block_of([["a\nb", "c"], ["d", "e\n\nf"], ["g", "h"]], 2)
    lines = line_numbers(block, 2)
    assert tuple(lines) == (2, 4, 7)
    assert line_behind(block, lines) == 8


def test_a_cell_too_many_counts_with_its_lines() -> None:
    block = block_of([["a", "b", "c\nd"], ["e", "f\ng"], ["h", "i"]], 2)
    assert tuple(line_numbers(block, 2)) == (2, 4, 6)


def test_the_last_row_counts_with_its_lines() -> None:
    block = block_of([["a", "b\nc"]], 2)
    assert line_behind(block, line_numbers(block, 2)) == 4


def test_only_a_table_over_the_limit_is_left_in_its_file(miniature: Copy) -> None:
    package = read_package(miniature.descriptor, held=100)
    sizes = {name: (package.root / table.file).stat().st_size for name, table in package.tables.items()}
    assert sizes
    assert package.large
    assert all(size <= 100 for size in sizes.values())
    assert {head.name for head in package.heads} == set(sizes) | set(package.large)
    assert all(large.head.rows == 0 and package.head(name) is large.head for name, large in package.large.items())


def test_nothing_is_large_where_all_is_to_be_held(miniature: Copy) -> None:
    assert not read_package(miniature.descriptor).large


def test_a_part_of_a_large_table_is_a_table(miniature: Copy) -> None:
    package = read_package(miniature.descriptor, held=0)
    large = package.large["groups"]
    blocks = [reading() for reading in large.source.readings()]
    part = large.part(blocks[0], range(2, 2 + blocks[0].rows))
    assert part.text("code").to_pylist() == read_package(package.path).tables["groups"].text("code").to_pylist()
    assert isinstance(part.block, Block)
