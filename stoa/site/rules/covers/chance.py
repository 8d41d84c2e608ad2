"""Chance that falls the same way each time: mulberry32, started from the FNV-1a of a name."""

_32 = 0xFFFFFFFF


def seed_of(name: str) -> int:
    """FNV-1a, 32 bits."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & _32
    return seed


class Chance:
    """Numbers from 0 up to 1, the same ones for the same name."""

    def __init__(self, name: str) -> None:
        self._state = seed_of(name)

    def __call__(self) -> float:
        """The next number."""
        self._state = (self._state + 0x6D2B79F5) & _32
        mixed = ((self._state ^ (self._state >> 15)) * (self._state | 1)) & _32
        mixed ^= (mixed + ((mixed ^ (mixed >> 7)) * (mixed | 61))) & _32
        mixed &= _32
        return float(mixed ^ (mixed >> 14)) / 2**32
