"""format=flowed (RFC 3676): soft line ends joined again, so that a paragraph is one line."""


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """The text with its soft line breaks undone; ``delete_space`` is the parameter DelSp=yes.

    A quoted line keeps its depth as so many “> ”; space-stuffing is removed; a signature mark never flows.
    """
    done: list[str] = []
    flowing: list[str] = []
    depth = 0
    for raw in text.split("\n"):
        bare = raw.lstrip(">")
        level = len(raw) - len(bare)
        line = bare.removeprefix(" ")
        if flowing and (level != depth or line == "-- "):
            done.append(_line(depth, flowing))
            flowing = []
        depth = level
        is_soft = line.endswith(" ") and line != "-- "
        flowing.append(line[:-1] if is_soft and delete_space else line)
        if not is_soft:
            done.append(_line(depth, flowing))
            flowing = []
    if flowing:
        done.append(_line(depth, flowing))
    return "\n".join(done)


def _line(depth: int, pieces: list[str]) -> str:
    quoted = "> " * min(depth, 20)
    whole = "".join(pieces)
    return quoted + (whole if whole == "-- " else whole.rstrip(" "))
