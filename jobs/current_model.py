"""The suggester of the model in use: a program that runs takes up another one as soon as it is promoted."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from models.settings import Settings

if TYPE_CHECKING:  # the classifier's libraries take seconds to import; only triage needs them
    from classifier.suggest import Suggester

log = logging.getLogger("tocsin.jobs")


class CurrentModel:
    """Gives the suggester, loaded when first asked for, and again once another version is in use.

    To look costs one question to the file system. ``first`` loads the first one and may end the program; a later one
    that cannot be used leaves the one before at work, and the log says so once.
    """

    def __init__(self, settings: Settings, *, first: "Callable[[], Suggester]") -> None:
        self._settings = settings.classifier
        self._first = first
        self._suggester: Suggester | None = None
        self._mark = 0

    def __call__(self) -> "Suggester":
        """The suggester of the version in use."""
        from classifier.shelf import changed_at

        mark = changed_at(self._settings.artefact)
        if self._suggester is None:
            self._suggester = self._first()
        elif mark != self._mark:
            self._suggester = self._again() or self._suggester
        self._mark = mark
        return self._suggester

    def _again(self) -> "Suggester | None":
        from classifier.artefact import ArtefactError
        from classifier.suggest import load

        try:
            suggester = load(self._settings.artefact, self._settings.thresholds)
        except ArtefactError:
            log.warning("the promoted model does not fit; restart the program", extra={"action": "load model"})
            return None
        log.info("took up the promoted model", extra={"action": "load model"})
        return suggester
