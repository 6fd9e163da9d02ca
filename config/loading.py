"""Loaders of what people write: the register folder and the framework file."""

from config.framework_loading import load_framework
from config.problems import InputError, Problem
from config.register_loading import load_register

__all__ = ["InputError", "Problem", "load_framework", "load_register"]
