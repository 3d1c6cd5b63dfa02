"""By whom a page's bodies are read: the parsers and all settings of the page that a reading depends on."""

import hashlib
import json

from monitor.errors import ConfigError
from monitor.settings import meant
from monitor.settings_models import PageSettings, Settings
from parsers import parser_versions
from parsers.content import is_selector
from storage.observation import PageState


def reader_of(page: PageSettings) -> str:
    """What decides how a body is read: the parsers' versions and the page's settings, as a hash in hex."""
    said = json.dumps([parser_versions(), page.parser, page.select, page.ignore], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def is_read_otherwise(page: PageSettings, state: PageState | None) -> bool:
    """Whether the current version was read by others than today's parsers, or by other settings.

    Of a page that was last checked long ago the parser alone is known; saved pages alone are no current version.
    """
    if state is None or state.parser is None or state.last_unchanged is None:
        return False
    if state.reader is not None:
        return state.reader != reader_of(page)
    if page.parser not in {"auto", state.parser}:
        return True
    return parser_versions().get(state.parser) != state.parser_version


def require_readable(settings: Settings) -> None:
    """Raises ConfigError if a page names a parser that is not there, or a selector that is none."""
    known = ["auto", *parser_versions()]
    wrong = []
    for index, page in enumerate(settings.pages):
        if page.parser not in known:
            wrong.append(f'pages[{index}].parser: there is no parser "{page.parser}", {meant(page.parser, known)}')
        selectors = filter(None, (page.select, *page.ignore))
        wrong += [
            f'pages[{index}]: "{selector}" is no CSS selector like #main_content or div.contentsBody'
            for selector in selectors
            if not is_selector(selector)
        ]
    if wrong:
        raise ConfigError(tuple(wrong), where=str(settings.path))
