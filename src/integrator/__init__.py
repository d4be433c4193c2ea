"""Find who could make locally what the Moroccan automotive industry imports."""

__version__ = "0.1.0"
