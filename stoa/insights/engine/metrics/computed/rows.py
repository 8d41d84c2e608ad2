"""Rows that are computed one by one."""

from collections.abc import Mapping

Row = Mapping[str, str | int | float | bool | None]
