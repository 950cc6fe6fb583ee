"""Our pages as Markdown: what is said stays, and nothing that was text becomes markup."""

import pytest

from api.accountability.markdown import markdown


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h2>Kop</h2><h3>Deel</h3><h4>Stuk</h4>", "# Kop\n\n## Deel\n\n### Stuk\n"),
        ("<p>Een\n   zin met <strong>nadruk</strong>.</p>", "Een zin met **nadruk**.\n"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee\n"),
        ("<ol><li>een</li><li>twee</li></ol>", "1. een\n2. twee\n"),
        ('<p><a href="/privacy">privacy</a></p>', "[privacy](https://x.nl/privacy)\n"),
        ('<p><a href="https://kvk.nl">kvk</a></p>', "[kvk](https://kvk.nl)\n"),
        ("<p><code>key_hash</code></p>", "`key_hash`\n"),
        ("<p>key_hash en 2 * 3 en &lt;b&gt;</p>", "key\\_hash en 2 \\* 3 en \\<b>\n"),
        ("<p>1. is geen lijst</p><p># is geen kop</p>", "\\1. is geen lijst\n\n\\# is geen kop\n"),
        ("<p></p>", "\n"),
    ],
)
def test_elements(page: str, text: str) -> None:
    assert markdown(page, "https://x.nl") == text


def test_table_keeps_its_rows_and_a_bar_in_a_cell() -> None:
    page = (
        "<table><caption>Fasen</caption><thead><tr><th>Fase</th><th>Van</th></tr></thead>"
        "<tbody><tr><th>a|b</th><td>0</td></tr><tr><th>c</th><td></td></tr></tbody></table>"
    )
    assert markdown(page) == "**Fasen**\n\n| Fase | Van |\n| --- | --- |\n| a\\|b | 0 |\n| c |  |\n"


def test_what_belongs_to_a_page_only_is_left_out() -> None:
    page = '<p>eerst</p><p class="alleen-pagina">Druk op de <a href="/x"><strong>knop</strong></a>.</p><p>later</p>'
    assert markdown(page) == "eerst\n\nlater\n"
