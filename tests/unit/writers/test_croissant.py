import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.core.package import Package


@pytest.fixture
def content(published: Package) -> Any:
    return json.loads((published.root / "croissant.json").read_text("utf-8"))


def test_a_file_is_known_by_its_size_and_hash(content: Any, published: Package) -> None:
    resources = {resource["path"]: resource for resource in published.descriptor["resources"]}
    for file in content["distribution"]:
        resource = resources[file["@id"]]
        assert file["contentSize"] == f"{resource['bytes']} B"
        assert f"sha256:{file['sha256']}" == resource["hash"]
        assert file["contentUrl"] == f"{published.descriptor['homepage']}data/latest/{file['@id']}"


def test_a_small_package_has_its_description(miniature: Copy, tmp_path: Path) -> None:
    out = miniature.publish(tmp_path / "out")
    content = json.loads((out / "croissant.json").read_text("utf-8"))
    assert content["name"] == {"nl": "Miniatuur", "en": "Miniature"}
    assert [records["@id"] for records in content["recordSet"]] == ["counts", "groups", "derived_figures", "units"]
