"""What every part of the settings is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

EmailAddress = Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]

Port = Annotated[int, Field(ge=1, le=65535)]

Seconds = Annotated[float, Field(gt=0)]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", ""})


class Section(BaseModel):
    """A part of the settings: frozen, and a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
