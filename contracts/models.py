"""The three families of contract models: what comes in, what goes out, what has happened."""

from pydantic import BaseModel, ConfigDict


class Command(BaseModel):
    """What a person or a program asks for; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class View(BaseModel):
    """What a service answers; a reader ignores fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")
