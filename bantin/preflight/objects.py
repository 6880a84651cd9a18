"""Reading pypdf's objects without minding whether they stand there or are pointed to."""

from __future__ import annotations

from typing import Any


def direct(entry: Any) -> Any:
    """An object itself, not the reference to it."""
    return entry.get_object() if hasattr(entry, "get_object") else entry


def held(holder: Any, *keys: str) -> Any:
    """What a dictionary holds under a key (of what it holds under …); an empty dictionary where it holds nothing."""
    for key in keys:
        holder = direct(holder)
        holder = direct(holder.get(key, {})) if hasattr(holder, "get") else {}
    return holder
