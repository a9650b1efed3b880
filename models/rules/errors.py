"""The family of errors. Each docstring is the sentence a person reads."""


class TocsinError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        """The class's own sentence, then what is particular to this time."""
        sentence = (type(self).__doc__ or "").strip().splitlines()[0]
        return " ".join([sentence, *(str(arg) for arg in self.args if arg)])


class StepNotAllowed(TocsinError):  # noqa: N818 -- read aloud as a sentence, not as a class
    """This case cannot take that step now."""


class ChangedMeanwhile(TocsinError):  # noqa: N818 -- the same
    """Nothing was done yet: others were at this case since you opened the form."""


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


class GivenWrong(TocsinError):  # noqa: N818 -- the same
    """Something that was filled in cannot be taken as it is."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        """The name of the field, so that a form can show the sentence beside it."""

    def __str__(self) -> str:
        """What is wrong, in a sentence."""
        return str(self.args[0])


class LinkSpent(TocsinError):  # noqa: N818 -- the same
    """This link cannot be used."""


class AnswerSpent(LinkSpent):
    """This answer to a reminder cannot be used."""


class ProcedureMissing(TocsinError):  # noqa: N818 -- the same
    """The settings lack a procedure or a stage that cases are on."""


class DatabaseBehind(TocsinError):  # noqa: N818 -- the same
    """The database is older than this program. Hint: run “tocsin db upgrade”."""


class DatabaseAhead(TocsinError):  # noqa: N818 -- the same
    """The database is newer than this program. Hint: run the newest version of Tocsin."""


class DeliveryFailed(TocsinError):  # noqa: N818 -- the same
    """It could not be delivered."""
