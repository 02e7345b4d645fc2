"""Chapbook: raw stories in, beautiful books out. The public face; everything else is reached through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.build.version import VERSION

__version__ = VERSION
__all__ = ["Book", "ConverterError", "__version__", "convert", "read"]

if TYPE_CHECKING:
    from converter.build.api import convert, read
    from converter.document.errors import ConverterError
    from converter.document.model import Book


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used: `import converter` costs next to nothing."""
    from importlib import import_module

    rooms = {
        "Book": "document.model",
        "ConverterError": "document.errors",
        "convert": "build.api",
        "read": "build.api",
    }
    if name not in rooms:
        raise AttributeError(f"module 'converter' has no attribute {name!r}")
    return getattr(import_module(f"converter.{rooms[name]}"), name)
