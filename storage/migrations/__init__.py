"""The schema's history, applied by Alembic. `HEAD` lets an up-to-date database open without importing it."""

from typing import Final

HEAD: Final = "0005"
