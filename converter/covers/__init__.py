"""Covers: drawn from what is said about a story, or a person's own image, checked."""

from __future__ import annotations

from converter.covers.draw import cover_families, cover_problems, draw_cover, prepare
from converter.covers.given import check_cover

__all__ = ["check_cover", "cover_families", "cover_problems", "draw_cover", "prepare"]
