"""pdfium's functions called in bulk: plain addresses as arguments, and results into arrays.

Checking pypdfium2's typed pointers takes longer than most calls; one ``map`` over addresses takes a third of the time of a loop.
"""

import ctypes
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[Any]]

_HANDLE, _INT, _FLOAT, _DOUBLE = ctypes.c_size_t, ctypes.c_int, ctypes.c_float, ctypes.c_double
_WORD = ctypes.c_void_p
"""Any argument, an address or an index from zero: the one type that ctypes takes from an integer without a detour."""

_SHAPES: dict[str, tuple[Any, int]] = {
    "FPDFText_GetLooseCharBox": (_INT, 3),
    "FPDFText_GetCharAngle": (_FLOAT, 2),
    "FPDFText_GetTextObject": (_HANDLE, 2),
    "FPDFText_GetFontSize": (_DOUBLE, 2),
    "FPDFText_GetMatrix": (_INT, 3),
    "FPDFTextObj_GetFont": (_HANDLE, 1),
    "FPDFTextObj_GetTextRenderMode": (_INT, 1),
    "FPDFPage_GetObject": (_HANDLE, 2),
    "FPDFPageObj_GetType": (_INT, 1),
    "FPDFPageObj_GetBounds": (_INT, 5),
}
"""Type of the result, and number of arguments."""


@lru_cache(maxsize=len(_SHAPES))
def call(name: str) -> Any:
    """Return a function of pdfium that takes addresses as integers."""
    from pypdfium2 import raw

    result, arguments = _SHAPES[name]
    return ctypes.PYFUNCTYPE(result, *[_WORD] * arguments)(address(getattr(raw, name)))


def address(handle: Any) -> int:
    """Return the address behind a handle of pdfium's."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def of_each(name: str, items: Sequence[int], holder: int | None = None) -> list[Any]:
    """Call a function on each address, or on each index in ``holder``, an address."""
    return list(map(call(name), items) if holder is None else map(call(name), repeat(holder), items))


def rows(name: str, items: Sequence[int], width: int, holder: int | None = None, *, apart: bool = False) -> tuple[Numbers, list[int]]:
    """Call on each item a function that writes ``width`` floats: an array of shape (items, width), and what each call returned.

    ``apart``: the function takes the address of each float, not of the first only.
    """
    found = np.zeros((len(items), width), dtype=np.float32)
    start, step = found.ctypes.data, found.itemsize * width
    firsts = range(start, start + (step if apart else 1), found.itemsize)
    places = [range(first, first + step * len(items), step) for first in firsts]
    leading = (items,) if holder is None else (repeat(holder), items)
    returned = list(map(call(name), *leading, *places))
    return found.astype(np.float64), returned
