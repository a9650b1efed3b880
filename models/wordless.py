"""An error as the log may have it: what it is and where, never what it says."""


def without_words(error: BaseException) -> RuntimeError:
    """The error's name with its traceback: its text may quote what somebody typed or wrote."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
