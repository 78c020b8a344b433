from dataclasses import replace

import pytest
from markupsafe import Markup

from vierdepijler.core.cells import AddressError
from vierdepijler.site.embeds import HIGHEST, Embed, Embeds

EMBED = Embed(
    "table-counts", "table", "counts", "Tellingen", "money", "geld/geld.html", Markup("<tr></tr>"), Markup("Een bron")
)


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("../data/counts.html#a.b", "../data/counts.html#a.b"),
        ("../../en/index.html", "../../en/index.html"),
        ("bedrag.html", "../geld/bedrag.html"),
        ("#oproepen", "../geld/geld.html#oproepen"),
        ("https://elders.example/x#y", "https://elders.example/x#y"),
    ],
)
def test_a_link_leads_from_the_embed_to_where_it_led_and_leaves_the_frame(link: str, leads_to: str) -> None:
    apart = EMBED.apart(Markup(f'<p><a class="figure" href="{link}">3</a></p>'))
    assert apart == f'<p><a class="figure" href="{leads_to}" target="_blank">3</a></p>'


def test_a_frame_is_higher_for_more_rows_and_never_higher_than_a_screen() -> None:
    more = replace(EMBED, shown=Markup("<tr></tr>") * 4)
    assert EMBED.height < more.height < replace(EMBED, shown=Markup("<tr></tr>") * 200).height == HIGHEST


def test_what_two_pages_show_is_embedded_once_as_on_the_page_about_it() -> None:
    embeds = Embeds()
    embeds.add(replace(EMBED, page="home"))
    embeds.add(EMBED)
    embeds.add(EMBED)
    assert [embed.page for embed in embeds.once(("home",))] == ["money"]
    assert [embed.page for embed in embeds.once()] == ["home"]


def test_two_pages_cannot_call_different_things_by_one_name() -> None:
    embeds = Embeds()
    embeds.add(EMBED)
    with pytest.raises(AddressError, match="'Iets anders' and 'Tellingen' are both called 'table-counts'"):
        embeds.add(replace(EMBED, page="home", title="Iets anders"))
