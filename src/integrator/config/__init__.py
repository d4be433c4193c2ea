"""The job: `integrator.toml` + command line -> a closed, typed, frozen configuration."""

from integrator.config.job import Config
from integrator.config.reading import load
from integrator.config.sections import TradeFile, Valuation

__all__ = ["Config", "TradeFile", "Valuation", "load"]
