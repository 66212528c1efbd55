"""Characters of the Symbol and Wingdings fonts as Unicode; boxes as ☐ and ☒."""

_PRIVATE = 0xF000
"""Word writes the codes of symbol fonts in the private use area from here on."""

UNTICKED, TICKED = "☐", "☒"

_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: UNTICKED, 0x71: "❑", 0x72: "❒", 0x76: "❖", 0x78: TICKED,
    0x9F: "•", 0xA7: "▪", 0xA8: UNTICKED, 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: TICKED, 0xFE: TICKED,
}  # fmt: skip
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA7: "♣", 0xAB: "↔", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDE: "⇒", 0x80: "€", 0xA0: "€",
}  # fmt: skip
_PLAIN_BULLETS = {"\u00b7": "•"}


def symbol(code: int, font: str) -> str:
    """Return the character ``code`` of a symbol ``font``; «�» when it is unknown."""
    table = _SYMBOL if font.lower() == "symbol" else _WINGDINGS
    return table.get(code & 0xFF, "�")


def is_symbol_font(font: str | None) -> bool:
    """Tell whether the letters of ``font`` are pictures."""
    return font is not None and font.lower().startswith(("wingdings", "symbol", "webdings"))


def decode(text: str, font: str) -> str:
    """Return ``text``, typed in a symbol ``font``, as the characters a reader sees."""
    return "".join(char if char.isspace() else symbol(ord(char), font) for char in text)


def bullet(text: str) -> str:
    """Return a list bullet as printed: private characters become the nearest Unicode bullet, «•» when unknown."""
    char = text.strip()[:1]
    if _PRIVATE <= ord(char or " ") < _PRIVATE + 0x100:
        found = _WINGDINGS.get(ord(char) & 0xFF, "•")
        return "•" if found == "�" else found
    return _PLAIN_BULLETS.get(char, char) or "•"
