"""The family of errors. Each docstring is the sentence a person reads."""


class TocsinError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        """The class's own sentence, then what is particular to this time."""
        sentence = (type(self).__doc__ or "").strip().splitlines()[0]
        return " ".join([sentence, *(str(arg) for arg in self.args if arg)])


class StepNotAllowed(TocsinError):  # noqa: N818 -- read aloud as a sentence, not as a class
    """This case cannot take that step now."""


class NotEntitled(TocsinError):  # noqa: N818 -- the same
    """You are not entitled to this case."""


class NotAnOfficer(TocsinError):  # noqa: N818 -- the same
    """You are not on the list of officers."""


class CaseUnknown(TocsinError):  # noqa: N818 -- the same
    """There is no such case."""


class LetterUnknown(TocsinError):  # noqa: N818 -- the same
    """There is no such letter."""


class LetterLacks(TocsinError):  # noqa: N818 -- the same
    """This letter needs more than the case tells."""


class AnswerLacks(TocsinError):  # noqa: N818 -- the same
    """The Ombudsman’s Code asks for more than this letter says."""


class DatabaseBehind(TocsinError):  # noqa: N818 -- the same
    """The database is older than this program. Hint: run “tocsin db upgrade”."""


class DatabaseAhead(TocsinError):  # noqa: N818 -- the same
    """The database is newer than this program. Hint: run the newest version of Tocsin."""


class DeliveryFailed(TocsinError):  # noqa: N818 -- the same
    """It could not be delivered."""
