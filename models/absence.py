"""Who is away and who covers for them, and whose turn it is in a team."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class Absence(SQLModel, table=True):
    """An officer is away from one day to another, both included; ``cover_id`` stands in."""

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    from_day: date
    until_day: date
    cover_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    entered_at: datetime
    entered_by_id: int | None = Field(default=None, foreign_key="officer.id")


class TeamTurn(SQLModel, table=True):
    """Who was given a team's last case, where cases go round."""

    __tablename__ = "team_turn"

    team: str = Field(primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
