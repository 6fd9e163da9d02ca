"""Errors that end a command with one clear message and the exit code of the contract."""

from config.vocabulary import ExitCode


class DidbanError(Exception):
    """A sentence for the person at the keyboard, and the exit code."""

    exit_code = ExitCode.PARTLY_FAILED


class BadInputError(DidbanError):
    """What was asked for cannot be: wrong usage, register, framework, round or agency."""

    exit_code = ExitCode.BAD_INPUT


class EnvironmentMissingError(DidbanError):
    """Something that Didban needs on this machine is not there."""

    exit_code = ExitCode.ENVIRONMENT_MISSING
