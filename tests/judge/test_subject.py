"""What a check is given: read once by the encoder, however many checks ask."""

from __future__ import annotations

import pytest

from belowline.judge.encoder import Encoder
from belowline.judge.subject import Subject
from belowline.normalise.fold import fold
from belowline.normalise.language import Language


def test_a_comment_and_its_parent_are_read_once_and_only_when_asked_for(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, texts = encoder.read, []
    monkeypatch.setattr(encoder, "read", lambda text: texts.append(text) or read(text))  # type: ignore[func-returns-value]
    subject = Subject(fold("The f\u200berry"), Language("en", 1.0), encoder, parent="The boat")
    assert texts == []
    assert subject.reading is subject.reading
    assert subject.parent_reading is subject.parent_reading is not None
    assert texts == ["The ferry", "The boat"]


@pytest.mark.parametrize("parent", ["", " \n"])
def test_a_parent_that_says_nothing_is_not_read(encoder: Encoder, parent: str) -> None:
    assert Subject(fold("The ferry"), Language("en", 1.0), encoder, parent=parent).parent_reading is None
