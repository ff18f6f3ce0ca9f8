"""The encoder: texts of any length read whole, offsets that are right, and no model but the one its card names."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import PLAIN, SPAN_LABELS, WINDOW, write_background, write_card, write_network, write_tiny_model

from belowline.errors import ModelError
from belowline.judge.encoder import FILES, Encoder, fingerprint

WORDS = PLAIN.split()
INSULT = SPAN_LABELS.index("insult")


def marked(encoder: Encoder, text: str) -> list[str]:
    """Give the words that the model marks as insults, cut out of the text by their offsets."""
    reading = encoder.read(text)
    return [text[slice(*reading.offsets[at])] for at in np.flatnonzero(reading.words[:, INSULT] > 0.5)]


def test_a_reading_has_a_row_for_each_token(encoder: Encoder) -> None:
    text = "The ferry, you idiot!"
    reading = encoder.read(text)
    assert [text[start:end] for start, end in reading.offsets] == ["The", "ferry", ",", "you", "idiot", "!"]
    assert reading.words.shape == (6, len(SPAN_LABELS))
    assert len(reading.tokens) == 6
    assert set(reading.labels) == set(encoder.labels)
    assert reading.labels["insult"] > 0.9
    assert reading.labels["threat"] < 0.1
    assert np.linalg.norm(reading.vector) == pytest.approx(1)


@pytest.mark.parametrize("at", [0, 1, WINDOW - 3, WINDOW - 2, WINDOW - 1, 1500, 2998, 2999])
def test_one_word_among_three_thousand_counts_wherever_it_stands(encoder: Encoder, at: int) -> None:
    words = ["word"] * 3000
    assert encoder.read(" ".join(words)).labels["insult"] < 0.1
    words[at] = "idiot"
    text = " ".join(words)
    assert encoder.read(text).labels["insult"] > 0.9
    assert marked(encoder, text) == ["idiot"]


@given(st.lists(st.sampled_from([*WORDS, "idiot", "x"]), max_size=5 * WINDOW))
def test_windows_leave_nothing_out_and_shift_nothing(encoder: Encoder, words: list[str]) -> None:
    text = "  ".join(words)
    reading = encoder.read(text)
    assert marked(encoder, text) == [word for word in words if word == "idiot"]
    assert (reading.labels["insult"] > 0.5) == ("idiot" in words)
    # No window may leave a token as it was before any was read.
    assert (reading.words > 0).all()


@pytest.mark.parametrize("length", [1, WINDOW - 2, WINDOW - 1, WINDOW, 2 * WINDOW, 10 * WINDOW + 3])
def test_a_phrase_is_never_cut_apart_at_a_windows_edge(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    run, windows = encoder._run, []

    def record(tokens: list[int]) -> Any:
        windows.append(tuple(tokens))
        return run(tokens)

    monkeypatch.setattr(encoder, "_run", record)
    tokens = encoder.read(" ".join(WORDS[at % len(WORDS)] for at in range(length))).tokens
    phrase = min((WINDOW - 2) // 4, length)
    whole = {window[at : at + phrase] for window in windows for at in range(len(window))}
    assert all(tuple(tokens[at : at + phrase]) in whole for at in range(length - phrase + 1))
    assert all(len(window) <= WINDOW - 2 for window in windows)


def test_what_stands_in_any_part_of_a_long_text_is_in_its_subject(encoder: Encoder) -> None:
    ferry, football = "the ferry of the island " * 20, "the goal of the league " * 20
    parts = [encoder.read(text).vector for text in (ferry, football)]
    both = encoder.read(ferry + football).vector
    assert all(float(part @ both) > 0.6 for part in parts)
    assert np.linalg.norm(both) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🤷" * 40, "\u0301" * 3, "漢" * 40, "x" * 5000, "\ufffd"])
def test_odd_texts_are_read(encoder: Encoder, text: str) -> None:
    reading = encoder.read(text)
    assert all(0 <= score <= 1 for score in reading.labels.values())
    assert len(reading.offsets) == len(reading.tokens) == len(reading.words)
    assert np.isfinite(reading.vector).all()


@pytest.mark.parametrize(("text", "legible"), [("", False), ("🤷 zzz", False), ("🤷 word", True), ("word", True)])
def test_a_text_of_unknown_tokens_is_not_legible(encoder: Encoder, text: str, legible: bool) -> None:
    assert encoder.read(text).legible is legible


def test_a_number_that_is_none_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="a number that is none"):
        encoder.read("a glitch in it")
    with pytest.raises(ValueError, match="a number that is none"):
        encoder.read("word " * 500 + "glitch")


def test_threads_read_the_same(encoder: Encoder) -> None:
    texts = [" ".join(WORDS[at : at + 20]) for at in range(60)]
    alone = [encoder.read(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        for here, there in zip(alone, pool.map(encoder.read, texts), strict=True):
            assert here.labels == there.labels
            assert (here.words == there.words).all()
            assert (here.vector == there.vector).all()


def rewrite_card(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a card and give it the fingerprint of what it says now."""
    path = folder / "card.json"
    card = json.loads(path.read_text("utf-8"))
    change(card)
    card["fingerprint"] = fingerprint(card)
    path.write_text(json.dumps(card), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        Encoder(folder)
    assert caught.value.code == "model_invalid"
    assert str(folder) in caught.value.message
    return caught.value.message


@pytest.mark.parametrize("name", [*FILES, "card.json"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    (write_tiny_model(tmp_path) / name).unlink()
    assert name in refusal(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_the_card_does_not_name_is_refused(tmp_path: Path, name: str) -> None:
    file = write_tiny_model(tmp_path) / name
    file.write_bytes(file.read_bytes() + b"\n")
    assert "is not the file that its card names" in refusal(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "card.json is missing" in refusal(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"name": '])
def test_a_card_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (write_tiny_model(tmp_path) / "card.json").write_bytes(content)
    assert "can't be read as JSON" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"[]", b"3", b'"card"', b"null", b"{}", b'{"labels": []}'])
def test_a_card_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    (write_tiny_model(tmp_path) / "card.json").write_bytes(content)
    assert "is not a card of this version" in refusal(tmp_path)


@pytest.mark.parametrize(
    "key", ["window", "calibration", "relevance", "languages", "labels", "span_threshold", "files"]
)
def test_a_card_that_was_changed_by_hand_is_refused(tmp_path: Path, key: str) -> None:
    path = write_tiny_model(tmp_path) / "card.json"
    card = json.loads(path.read_text("utf-8"))
    card[key] = {} if key == "files" else [card[key]]
    path.write_text(json.dumps(card), "utf-8")
    assert "has been changed since its fingerprint was taken" in refusal(tmp_path)


def test_a_card_may_tell_more_without_changing_its_fingerprint(tmp_path: Path, encoder: Encoder) -> None:
    rewrite_card(write_tiny_model(tmp_path), lambda card: card.update(licence="Apache-2.0", measured={"auc": 0.9}))
    assert Encoder(tmp_path).fingerprint == encoder.fingerprint


def test_another_calibration_has_another_fingerprint(tmp_path: Path, encoder: Encoder) -> None:
    rewrite_card(write_tiny_model(tmp_path), lambda card: card["calibration"]["insult"]["probability"].reverse())
    assert Encoder(tmp_path).fingerprint != encoder.fingerprint


def test_a_card_without_a_labels_calibration_is_refused(tmp_path: Path) -> None:
    rewrite_card(write_tiny_model(tmp_path), lambda card: card["calibration"].pop("insult"))
    assert "no model that this version can run" in refusal(tmp_path)


def test_a_network_that_gives_fewer_labels_is_refused(tmp_path: Path) -> None:
    write_tiny_model(tmp_path)
    write_network(tmp_path, labels=1)
    write_card(tmp_path)
    assert "its outputs are" in refusal(tmp_path)


def test_a_background_of_another_vocabulary_is_refused(tmp_path: Path) -> None:
    write_tiny_model(tmp_path)
    write_background(tmp_path, vocabulary=20)
    write_card(tmp_path)
    assert "does not know the whole vocabulary" in refusal(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_named_but_are_none_are_refused(tmp_path: Path, name: str) -> None:
    write_tiny_model(tmp_path)
    (tmp_path / name).write_bytes(b"none")
    write_card(tmp_path)
    assert "no model that this version can run" in refusal(tmp_path)
