"""Document codes such as 7KQ4-M2XD-9F: nine random characters and a check character, easy to read out and type.

The alphabet is Crockford's base 32 (no I, L, O, U); the check character is Luhn's method modulo 32, which
finds every single wrong character and nearly every swap of two neighbours.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u00a0": None, "\u2013": None})


def new_code() -> str:
    """A new code; 45 random bits, so that codes cannot be guessed or counted."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return _grouped(body + check_character(body))


def read_code(typed: str) -> str | None:
    """The code somebody typed, in its written form; None when it cannot be a code.

    Reads lower case, spaces, hyphens or none, O for 0, and I or L for 1.
    """
    plain = typed.upper().translate(_MEANT)
    if len(plain) != LENGTH or set(plain) - set(ALPHABET):
        return None
    return _grouped(plain) if check_character(plain[:-1]) == plain[-1] else None


def check_character(body: str) -> str:
    """The character that makes ``body`` a code (Luhn modulo 32)."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def _grouped(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"
