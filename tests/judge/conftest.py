"""The tiny model, written once for all tests of the judge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tiny_model import write_tiny_model

from belowline.guidelines import load_guidelines
from belowline.judge.checks import Judge
from belowline.judge.encoder import Encoder
from belowline.types import Guidelines


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny model."""
    return write_tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def encoder(tiny: Path) -> Encoder:
    """Give an encoder with the tiny model."""
    return Encoder(tiny)


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    """Give the default guidelines with bands that no measurement moves."""
    loaded = load_guidelines()
    rules = tuple(replace(rule, approve_below=0.2, reject_from=0.8) for rule in loaded.rules)
    return Guidelines(rules, loaded.fingerprint)


@pytest.fixture
def judge(guidelines: Guidelines, tiny: Path) -> Judge:
    """Give a judge of its own to each test, with the tiny model."""
    return Judge(guidelines, model=tiny)
