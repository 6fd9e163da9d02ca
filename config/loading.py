"""Loaders of what people write: the register folder, the framework file, rounds published by others."""

from config.framework_loading import load_framework
from config.problems import InputError, Problem
from config.published_loading import load_published
from config.register_loading import load_register

__all__ = ["InputError", "Problem", "load_framework", "load_published", "load_register"]
