"""The page as a reader meets it, in Chromium: with mouse, keyboard, a phone, three languages, and without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from browser import Browser, chromium
from hostile import hostile_tables, hostile_texts
from made_tables import table

from integrator import tables
from integrator.project_sheets import write_report

REQUIRED = "INTEGRATOR_BROWSER_TESTS"
NOTICE = "Données de démonstration"
FOCUSED = "document.activeElement.textContent.trim()"
IDS = "[...document.querySelectorAll('#list tbody a.open')].map(one => one.textContent)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None:
        message = "Chromium is not installed: apt-get install chromium"
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(message)
        pytest.skip(message)
    one = Browser(program, tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    example = {name: table(name) for name in tables.ALL}
    made = {"plain": (example, NOTICE), "hostile": (hostile_tables(example), "<b>alert</b>")}
    for name, (of, notice) in made.items():
        write_report(folder / f"{name}.html", of, "fr", 10, "2026-01-31", notice)
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.fixture
def page(browser: Browser, pages: dict[str, str]) -> Iterator[Browser]:
    """The plain page, fresh; nothing it does may trouble the console or ask for anything."""
    browser.size(1280)
    browser.open(pages["plain"])
    yield browser
    assert browser.complaints() == []


def address(browser: Browser) -> str:
    return str(browser.run("decodeURIComponent(location.hash)"))


def test_opens_by_itself_with_every_need_and_every_chart(page):
    assert page.run(IDS) == ["FP-D1", "FP-D3", "FP-D2"], "best grade first"
    assert page.run("document.querySelector('.notice').textContent") == NOTICE
    charts = page.run(
        "[...document.querySelectorAll('svg[role=img]')].map(one => one.getAttribute('aria-labelledby').split(' ')"
        ".map(id => document.getElementById(id).textContent))"
    )
    assert [title for title, _ in charts] == [
        "Valeur et faisabilité",
        "Besoins par famille",
        "Besoins par région du premier acteur",
    ]
    assert all(about for _, about in charts)
    assert page.run("document.querySelectorAll('svg .point').length") == 3


@pytest.mark.nightly
def test_search_and_filters_narrow_the_list_and_stand_in_the_address(page, pages):
    page.run("document.getElementById('search').focus()")
    page.type("BOITIERS  trois")
    page.wait("document.querySelectorAll('#list tbody tr').length === 1")
    assert page.run(IDS) == ["FP-D3"]
    assert page.run("document.getElementById('count').textContent").startswith("1 ")
    page.run("document.getElementById('clear').click()")
    page.run("{ const one = document.getElementById('filter-buyer'); one.value = 'Constructeur Démo';"
             " one.dispatchEvent(new Event('change')); }")  # fmt: skip
    assert page.run(IDS) == ["FP-D1"]
    assert address(page) == "#buyer=Constructeur Démo"
    page.open(pages["plain"] + "#outlook=none&lang=en")
    assert page.run(IDS) == ["FP-D2"]
    page.run("document.querySelector('.card-none').click()")
    assert len(page.run(IDS)) == 3, "a second click takes the filter away"


@pytest.mark.nightly
def test_sorting_turns_and_leaves_the_unknown_last(page):
    click = "document.querySelector('[data-sort=value]').click()"
    page.run(click)
    assert page.run(IDS)[0] == "FP-D1"
    page.run(click)
    assert page.run(IDS)[0] == "FP-D1", "of the others the value is not known"
    assert page.run("document.querySelector('th[aria-sort=ascending]').textContent") == "Imports substitués (brut)"


@pytest.mark.nightly
def test_matches_are_listed_with_reasons_gaps_questions_and_source(page):
    page.run("document.querySelector('[data-view=matches]').click()")
    assert page.run("document.querySelectorAll('#list tbody tr').length") == 7
    first = page.run("document.querySelector('#list tbody tr').innerText")
    for text in ("Atelier Démo Un", "fabrique déjà", "supports emboutis", "IATF 16949", "12 km", "Journal démo"):
        assert text in first
    assert page.run("document.querySelector('#list tbody .of-source a').href") == "https://example.org/s1"
    assert address(page) == "#view=matches"
    page.run("{ const one = document.getElementById('filter-grade'); one.value = '0';"
             " one.dispatchEvent(new Event('change')); }")  # fmt: skip
    assert page.run("document.querySelectorAll('#list tbody tr').length") == 2
    assert page.run("document.querySelectorAll('svg .point').length") == 1, "charts show the need of these matches"


@pytest.mark.nightly
def test_keyboard_alone_searches_opens_a_need_and_comes_back(page):
    seen = []
    for _ in range(40):
        page.press("Tab")
        seen.append(page.run("document.activeElement.id || document.activeElement.textContent.trim()"))
        if seen[-1] == "FP-D1":
            break
    assert seen[0] == "Aller au contenu"
    assert "search" in seen
    assert "filter-region" in seen
    assert seen[-1] == "FP-D1"
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("Enter")
    page.wait("document.querySelector('h1#title')")
    assert page.run(FOCUSED) == "support de batterie (démo)"
    assert address(page) == "#D1"
    page.run("history.back()")
    page.wait("document.getElementById('list')")
    assert page.run(FOCUSED) == "FP-D1"


@pytest.mark.nightly
def test_a_need_tells_actors_criteria_gaps_questions_figures_and_sources(page, pages):
    page.open(pages["plain"] + "#D1")
    told = page.run("document.querySelector('main').innerText")
    for text in (
        "Contacter l'acteur de niveau 4", "1. Atelier Démo Un",
        "matière différente", "Détenez-vous le certificat", "37,5 M MAD/an", "≈", "Journal démo",
    ):  # fmt: skip
        assert text in told
    assert page.run("document.querySelectorAll('article.actor').length") == 4
    page.open(pages["plain"] + "#nothing")
    assert "nothing" in page.run("document.querySelector('main .banner').textContent")


@pytest.mark.nightly
def test_languages_switch_and_arabic_runs_right_to_left(page):
    look = (
        "[document.documentElement.lang, document.documentElement.dir, document.title,"
        " document.querySelector('.said-in') !== null]"
    )
    assert page.run(look) == ["fr", "ltr", "Portefeuille de projets d'intégration locale", False]
    page.run("document.querySelector('[data-lang=en]').click()")
    assert page.run(look) == ["en", "ltr", "Portfolio of local-integration projects", True]
    page.run("document.querySelector('[data-lang=ar]').click()")
    assert page.run(look) == ["ar", "rtl", "محفظة مشاريع الإدماج المحلي", True]
    assert page.run("document.activeElement.dataset.lang") == "ar"
    assert "حامل البطارية" in page.run("document.getElementById('list').innerText")
    right, left = page.run(
        "['of-id', 'of-completeness'].map(one => document.querySelector('td.' + one).getBoundingClientRect().x)"
    )
    assert right > left
    page.run("document.querySelector('#list a.open').click()")
    page.wait("document.querySelector('h1#title')")
    assert address(page) == "#D1&lang=ar"


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_no_page_is_wider_than_a_phone(page, pages, name):
    page.size(360, 740)
    need = "D1" if name == "plain" else "H06"
    for one in ("", "lang=ar", "view=matches", "view=matches&lang=ar", need, f"{need}&lang=en", f"{need}&lang=ar"):
        page.open(f"{pages[name]}#{one}")
        page.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.run("document.documentElement.scrollWidth") <= 360, one


def test_injection_list_is_shown_and_does_nothing(page, pages):
    page.open(pages["hostile"])
    elements = (
        "['script', 'img', 'svg:not([role=img])', 'b:not(.card b)', 'r', '[onerror]', '[onload]']"
        ".map(one => document.querySelectorAll(one).length)"
    )
    assert page.run(elements) == [2, 0, 0, 0, 0, 0, 0]
    shown = page.run("document.getElementById('list').textContent")
    assert all(text in shown for _, text in hostile_texts())
    for place in range(len(hostile_texts())):
        page.run(f"location.hash = '#H{place:02}'")
        page.wait(f"document.querySelector('.kind')?.textContent.includes('H{place:02}')")
        assert page.run("document.querySelectorAll('script').length") == 2
        links = page.run("[...document.querySelectorAll('main a')].map(one => one.protocol)")
        assert set(links) <= {"file:", "http:", "https:"}
    page.open(pages["hostile"] + "#%3Cscript%3Ealert(1)%3C/script%3E&q=%3Cimg src=x onerror=alert(1)%3E")
    assert page.run(elements)[:2] == [2, 0]


@pytest.mark.nightly
def test_policy_refuses_a_connection(browser, pages):
    browser.open(pages["plain"])
    refused = browser.run(
        "new Promise(done => { addEventListener('securitypolicyviolation', one => done(one.effectiveDirective));"
        " fetch('https://example.org/').then(() => done('sent'), () => {}); })"
    )
    assert refused == "connect-src"


@pytest.mark.nightly
def test_without_scripts_there_is_a_plain_list(browser, pages):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(pages["hostile"])
        shown = browser.run("document.body.innerText")
        assert browser.run("document.querySelectorAll('article').length") == len(hostile_texts())
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert "<img src=x onerror=alert(1)>" in shown
    assert "Contacter l'acteur de niveau 4" in shown
