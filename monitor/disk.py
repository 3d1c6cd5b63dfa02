"""Whether there is room left where the database lies and where programs keep what is temporary."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from monitor.settings_models import Settings

_LEAST: Final = 500_000_000
_LEAST_SHARE: Final = 0.05


def nearly_full(settings: Settings) -> list[str]:
    """Which of these disks has less than 500 MB free, or 5 % where it has less than 10 GB; a line each."""
    file = settings.monitor.database_file
    places = [("the database", file.parent)] if file else []
    places.append(("temporary files", Path(tempfile.gettempdir())))
    found = []
    for what, folder in places:
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            continue  # what uses it says so, in its own words
        if usage.free < min(_LEAST, usage.total * _LEAST_SHARE):
            found.append(f"the disk of {what} ({folder}) is nearly full: {usage.free // 1_000_000} MB free")
    return found
