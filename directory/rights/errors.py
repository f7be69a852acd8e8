"""What is said where a right can't be exercised like this: a code and a sentence, never who is registered (L4, L5)."""

from directory.errors import DirectoryCode, DirectoryError


class VerificationRefused(DirectoryError):
    """A code or a token opens nothing: wrong, late, used, tried too often, or nobody's. One answer for all of them."""

    code = DirectoryCode.VERIFICATION_REFUSED

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("The code or the token does not open anything, or does not any more: ask for a new code.")


class RateLimited(DirectoryError):
    """The caller asks for too many codes."""

    code = DirectoryCode.RATE_LIMITED

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("This access key has asked for too many codes in an hour: wait, and ask again later.")


class NoSuchCase(DirectoryError):
    """There is no case of the id."""

    code = DirectoryCode.NO_SUCH_CASE

    def __init__(self) -> None:
        """Say where the ids are listed."""
        super().__init__("There is no case of that id: the query cases, or `civic rights list`, lists them.")


class CaseClosed(DirectoryError):
    """The case is not in a state that this step leads on from."""

    code = DirectoryCode.CASE_CLOSED

    def __init__(self) -> None:
        """Say what can be decided."""
        super().__init__("The case does not wait for this: one that is done stays so, a refused one can be reviewed.")
