"""The file of the page: the same twice, nothing in it but what was shipped, and all that was read as data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import hostile_tables, hostile_texts

import integrator
from integrator import wording
from integrator.project_sheets import theme, write_report

FOLDER = Path(integrator.__file__).parent


class Page(HTMLParser):
    """Elements with their attributes, and what stands in script, style and elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "text": []}
        self._open = "text"
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = tag if tag in self.inside else "text"

    def handle_endtag(self, tag):
        self._open = "text"

    def handle_data(self, data):
        self.inside[self._open].append(data)


def written(folder: Path, tables, language="fr", notice="") -> str:
    path = folder / "report.html"
    write_report(path, tables, language, 10, "2026-01-31", notice)
    return path.read_text(encoding="utf-8")


def content(page: Page) -> dict:
    return json.loads(page.inside["script"][0])


def test_same_tables_give_the_same_bytes_whatever_the_order_of_their_rows(tmp_path, example):
    first = written(tmp_path, example)
    turned = {name: frame.iloc[::-1] for name, frame in example.items() if name not in ("opportunities", "suppliers")}
    assert written(tmp_path, example) == first
    assert written(tmp_path, example | turned) == first


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_policy_names_the_style_and_the_program_and_allows_no_connection(tmp_path, example, language):
    page = Page(written(tmp_path, example, language))
    (policy,) = [of["content"] for tag, of in page.elements if of.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    for kind, text in (("script-src", page.inside["script"][1]), ("style-src", page.inside["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    assert (page.elements[0][1]["lang"], page.elements[0][1]["dir"]) == (language, "rtl" if language == "ar" else "ltr")


def test_injection_list_adds_no_element_and_no_attribute(tmp_path, example):
    plain, hostile = Page(written(tmp_path, example)), Page(written(tmp_path, hostile_tables(example), notice="<b>"))
    count = [sum(tag in ("script", "style", "meta", "link") for tag, _ in page.elements) for page in (plain, hostile)]
    assert count[0] == count[1]
    assert {tag for tag, _ in hostile.elements} == {tag for tag, _ in plain.elements}
    assert {name for _, of in hostile.elements for name in of} == {name for _, of in plain.elements for name in of}
    assert hostile.inside["script"][1] == plain.inside["script"][1]


def test_injection_list_is_there_as_text(tmp_path, example):
    page = Page(written(tmp_path, hostile_tables(example), notice="<b>"))
    found = content(page)
    shown = [text.strip() for _, text in hostile_texts()]
    assert [found["kept"][need["name"]].strip() for need in found["needs"]] == shown
    assert found["notice"] == "<b>"
    plain = "".join(page.inside["text"])
    assert all(text in plain for text in shown)


def test_data_cannot_leave_its_element(tmp_path, example):
    text = written(tmp_path, hostile_tables(example))
    data = re.search(r'id="content">(.*?)</script>', text, re.DOTALL)[1]
    assert not set(data) & set("<>&\u2028\u2029")


def test_every_need_and_match_is_there(tmp_path, example):
    found = content(Page(written(tmp_path, example)))
    assert [need["id"] for need in found["needs"]] == ["D1", "D2", "D3"]
    assert [len(need["matches"]) for need in found["needs"]] == [4, 2, 1]
    maker = found["needs"][0]["matches"][1]
    assert found["kept"][found["suppliers"][maker[0]][0]] == "Atelier Démo Un"
    assert [found["kept"][one] for one in maker[7]] == ["pièce : « supports emboutis »", "site en activité"]


def test_a_value_that_is_not_known_is_null_and_an_estimate_keeps_its_interval_and_mark(tmp_path, example):
    found = content(Page(written(tmp_path, example)))
    assert [need["axes"][1] for need in found["needs"]] == [0.25, None, 0.75]
    marked = [
        text for text in found["kept"] if isinstance(text, list) and text[0].startswith("≈ ") and " à " in text[0]
    ]
    assert marked, "an estimate with two ends"


def test_colours_are_those_of_the_workbooks(tmp_path, example):
    (style,) = Page(written(tmp_path, example)).inside["style"]
    assert {theme.DARK, theme.ACCENT, theme.SIGNAL, theme.HAIRLINE} <= set(re.findall(r"#[0-9A-F]{6}", style))
    assert "gradient" not in style


def test_every_text_of_the_page_is_used_and_complete():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("data/html", "project_sheets/html") for path in (FOLDER / folder).iterdir() if path.is_file()
    )  # fmt: skip
    texts = {language: wording.texts("html", language) for language in wording.LANGUAGES}
    for key in texts["fr"]:
        head = key.rpartition(".")[0]
        assert any(sign + key + sign in code for sign in "\"'`") or f"`{head}.${{" in code or f'"html.{key}"' in code, (
            key
        )
    asked = set(re.findall(r'said\("([a-z_.]+)"', code)) | set(re.findall(r'words\("html\.([a-z_.]+)"\)', code))
    assert len(asked) > 30
    assert asked <= set(texts["fr"])
    holes = {
        language: {key: set(re.findall(r"\{\w+\}", text)) for key, text in of.items()} for language, of in texts.items()
    }
    assert holes["fr"] == holes["en"] == holes["ar"]
    assert all(text for of in texts.values() for text in of.values())
