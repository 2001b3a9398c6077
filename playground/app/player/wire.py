"""The wire: a message to the player as bytes, a JSON header followed by typed arrays.

    4 bytes   length of the header, little endian
    header    {..., "arrays": {name: {"type", "shape", "at"}}}, padded to a multiple of 8
    arrays    little endian, each starting at a multiple of 8 counted from the end of the header

A picture goes as bytes, finest around its centre: byte b means centre + reach · s·|s|, with s = (b - 127) / 127. The
array `name` then has type "u1" and `name:scale`, (k, 2), holds centre and reach of each frame.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.figures import Arrays, Picture

ALIGNMENT = 8


def pack(header: Mapping[str, Any], arrays: Arrays) -> bytes:
    """One message. Header values are JSON values; arrays are uint8, float32 or float64."""
    plain: dict[str, NDArray[Any]] = {}
    for name, array in arrays.items():
        if isinstance(array, Picture):
            plain[name], plain[f"{name}:scale"] = _quantised(array)
        else:
            plain[name] = array
    index, parts, at = {}, [], 0
    for name, array in plain.items():
        raw = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        index[name] = {"type": array.dtype.str[1:], "shape": array.shape, "at": at}
        parts.append(raw.ljust(-(-len(raw) // ALIGNMENT) * ALIGNMENT, b"\0"))
        at += len(parts[-1])
    head = json.dumps({**header, "arrays": index}, allow_nan=False).encode()
    head += b" " * (-(4 + len(head)) % ALIGNMENT)
    return b"".join([struct.pack("<I", len(head)), head, *parts])


def _quantised(picture: Picture) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    away = np.nan_to_num(picture.values - np.float32(picture.centre), posinf=3e38, neginf=-3e38)  # (k, rows, columns)
    reach = np.abs(away).max(axis=(1, 2)).astype(np.float32)            # (k,)
    share = away / np.maximum(reach, 1e-30)[:, np.newaxis, np.newaxis]
    levels = 127 + np.round(127 * np.copysign(np.sqrt(np.abs(share)), share))
    return levels.astype(np.uint8), np.column_stack([np.full_like(reach, picture.centre), reach])
