"""The tiny model, written once for all tests of the judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_model import write_tiny_model

from belowline.judge.checks import Judge
from belowline.judge.encoder import Encoder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny model."""
    return write_tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def encoder(tiny: Path) -> Encoder:
    """Give an encoder with the tiny model."""
    return Encoder(tiny)


@pytest.fixture
def judge(tiny: Path) -> Judge:
    """Give a judge of its own to each test, with the default guidelines and the tiny model."""
    return Judge(model=tiny)
