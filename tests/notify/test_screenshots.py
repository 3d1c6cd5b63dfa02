"""Mail as a browser shows it: on a phone and on a desk, by day and by night, for those who see and those who listen."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from notify.fragments import text_link
from storage.observation import Language
from tests.notify.samples import MAILS

SAVED_PAGES: Final = Path(__file__).parents[1] / "pages" / "support"
LANGUAGES: Final[tuple[Language, ...]] = ("ja", "en")
WIDTHS: Final = (320, 375, 800)
# WCAG 2.2, levels A and AA, as axe-core tags its rules.
WCAG: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST: Final = {"runOnly": ["color-contrast"]}
QUIETLY: Final = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def chromium() -> str:
    """The browser; without one the tests are skipped on a user's machine, and fail where all checks must run."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("these tests need a browser: apt-get install chromium")
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIETLY)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose requests all fail."""
    context = browser.new_context()
    context.route("**/*", lambda route: route.abort())
    yield context.new_page()
    context.close()


def shown(page: Page, name: str, language: Language) -> None:
    html = MAILS[name](language).html
    assert html is not None
    page.set_content(html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_nothing_sticks_out_at_any_width(name: str, language: Language, page: Page) -> None:
    shown(page, name, language)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def violations(page: Page, rules: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The rules broken, and by which elements."""
    found = Axe().run(page, options=rules).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_everybody_can_read_it(name: str, language: Language, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 375, "height": 700})
    shown(page, name, language)
    assert violations(page, WCAG) == []


@pytest.mark.parametrize("name", MAILS)
def test_everybody_can_read_it_by_night(name: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 375, "height": 700})
    shown(page, name, "ja")
    assert violations(page, CONTRAST) == []


@pytest.mark.parametrize("name", MAILS)
def test_night_is_dark_and_day_is_light(name: str, page: Page) -> None:
    shown(page, name, "ja")
    background = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    by_day = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert (by_day, page.evaluate(background)) == ("rgb(243, 245, 248)", "rgb(16, 21, 28)")


@pytest.mark.parametrize("name", MAILS)
def test_nothing_is_fetched_to_show_it(name: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    shown(page, name, "ja")
    page.wait_for_load_state("networkidle")
    assert asked == []


@pytest.fixture(scope="module")
def saved_pages() -> Iterator[str]:
    """The saved pages of a ministry on a server of our own."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SAVED_PAGES))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/details-definitions.html"
        server.shutdown()
        thread.join()


SEEN: Final = """words => {
  const holds = element => element.innerText.includes(words) && element.getBoundingClientRect();
  return [...document.querySelectorAll("dd, li, h2, summary")].filter(holds).some(element => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  });
}"""


@pytest.mark.parametrize(
    ("text", "suffix", "words"),
    [
        ("富士通株式会社", "【令和6年1月23日変更】", "富士通株式会社【令和6年1月23日変更】"),
        # The second of that name on the page.
        ("富士通株式会社", "【令和5年5月29日変更】", "富士通株式会社【令和5年5月29日変更】"),
        # A note printed otherwise than we think: the first of that name.
        ("富士通株式会社", "(令和5年5月29日変更)", "富士通株式会社【令和6年1月23日変更】"),
        ("認定申請書(導入計画)", "", "認定申請書(導入計画)"),
    ],
)
def test_a_link_opens_the_page_at_its_place(
    text: str, suffix: str, words: str, saved_pages: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 200})
    page.goto(text_link(saved_pages, text, suffix) or "")
    page.wait_for_function(SEEN, arg=words, timeout=5000)
    page.close()


@pytest.mark.parametrize(
    ("network", "section"),
    [
        ("全国5G", "認定開発供給計画の概要"),
        ("ローカル5G", "認定開発供給計画の概要"),
        ("全国5G", "認定導入計画の概要"),
        ("ローカル5G", "認定導入計画の概要"),
    ],
)
def test_a_link_to_a_network_opens_the_page_at_its_section(
    network: str, section: str, saved_pages: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 200})
    page.goto(text_link(saved_pages, network, above=section) or "")
    page.wait_for_function(SEEN, arg=section, timeout=5000)
    page.close()
