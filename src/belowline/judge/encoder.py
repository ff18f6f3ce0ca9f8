"""The model: one pass over a text gives its label scores, the words that give offence and an embedding."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from belowline.errors import ModelError

SHIPPED = Path(__file__).with_name("model")
FILES = ("model.onnx", "tokenizer.json", "background.npz")
# What can change a verdict, and so the fingerprint.
_CORE = ("files", "labels", "window", "calibration", "relevance", "span_threshold", "languages")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of one text, judged whole however long it is.

    `labels`: calibrated probability by label. `offsets`: (start, end) in the text, one for each token. `words`:
    probability that a token is part of the words that give offence, (tokens, span labels). `vector`: unit
    embedding. `tokens`: the vocabulary ids that stand in the text. `legible`: whether the vocabulary has any of them;
    what the model says of the rest, such as an emoji alone, means nothing.
    """

    labels: dict[str, float]
    offsets: list[tuple[int, int]]
    words: Floats
    vector: Floats
    tokens: list[int]
    legible: bool


class Background:
    """What news comments are about in general, against which one comment's nearness to a story is measured.

    `vectors`: unit embeddings of common subjects, one a row. `rarity`: for every vocabulary id, how much it says
    that two texts share it (inverse document frequency, 0 for the commonest).
    """

    def __init__(self, content: bytes) -> None:
        with np.load(io.BytesIO(content)) as arrays:
            self.vectors: Floats = arrays["vectors"].astype(np.float32)
            self.rarity: Floats = arrays["rarity"].astype(np.float32)


class Encoder:
    """The shipped network with its tokenizer, calibration and card; safe to use from several threads.

    Every text is run alone and on one thread, so a score never depends on what it was batched with or on the
    number of cores. Raises ModelError where the files are missing or are not those that the card names.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.card = _read_card(folder)
        files = {name: _read_verified(folder, name, self.card) for name in FILES}
        try:
            self._load(files)
        except Exception as error:  # each of the libraries below has its own
            raise ModelError(f"{folder} holds no model that this version can run: {error}") from error

    def _load(self, files: dict[str, bytes]) -> None:
        card = self.card
        self.fingerprint: str = card["fingerprint"]
        self.labels: tuple[str, ...] = tuple(card["labels"])
        self.span_labels: tuple[str, ...] = tuple(card["span_labels"])
        self.languages = frozenset[str](card["languages"])
        self.background = Background(files["background.npz"])
        self._window: int = card["window"]
        self._calibration = [
            (np.asarray(knots["logit"], np.float64), np.asarray(knots["probability"], np.float64))
            for knots in (card["calibration"][label] for label in self.labels)
        ]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(files["model.onnx"], options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first, self._last = self._tokenizer.encode("").ids
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self._check_shapes()

    def _check_shapes(self) -> None:
        """Run the network once: numpy would stretch an output of the wrong shape rather than complain."""
        labels, words, vector = self._session.run(None, {"ids": np.array([[self._first, self._last]], np.int64)})
        wanted = ((1, len(self.labels)), (1, 2, len(self.span_labels)), (1, self.background.vectors.shape[1]))
        if (labels.shape, words.shape, vector.shape) != wanted:
            raise ValueError(f"its outputs are {labels.shape}, {words.shape}, {vector.shape}, not {wanted}")
        if len(self.background.rarity) < self._tokenizer.get_vocab_size():
            raise ValueError("its background does not know the whole vocabulary")

    def read(self, text: str) -> Reading:
        """Read a text in windows that overlap by a quarter; the worst window speaks for the labels."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        tokens, width = encoded.ids, self._window - 2
        step = width - width // 4
        logits = np.full(len(self.labels), -np.inf, np.float32)
        words = np.zeros((len(tokens), len(self.span_labels)), np.float32)
        vector = np.zeros(self.background.vectors.shape[1], np.float32)
        for start in range(0, max(1, len(tokens) - width + step), step):
            part = tokens[start : start + width]
            label_logits, word_logits, part_vector = self._run(part)
            logits = np.maximum(logits, label_logits)
            here = words[start : start + width]
            np.maximum(here, _sigmoid(word_logits), out=here)
            vector += part_vector * max(len(part), 1)
        return Reading(
            labels={
                label: float(np.interp(logit, *knots))
                for label, logit, knots in zip(self.labels, logits, self._calibration, strict=True)
            },
            offsets=encoded.offsets,
            words=words,
            vector=vector / np.linalg.norm(vector),
            tokens=tokens,
            legible=any(token != self._unknown for token in tokens),
        )

    def _run(self, tokens: list[int]) -> tuple[Floats, Floats, Floats]:
        ids = np.array([[self._first, *tokens, self._last]], np.int64)
        labels, words, vector = self._session.run(None, {"ids": ids})
        if not (np.isfinite(labels).all() and np.isfinite(words).all() and np.isfinite(vector).all()):
            raise ValueError("the model gave a number that is none")
        return labels[0], words[0, 1:-1], vector[0]


def fingerprint(card: dict[str, Any]) -> str:
    """Sum up everything in a model's card that can change a verdict."""
    core = json.dumps({key: card[key] for key in _CORE}, sort_keys=True)
    return f"belowline-{card['version']}-{hashlib.sha256(core.encode()).hexdigest()[:12]}"


def _sigmoid(logits: Floats) -> Floats:
    # By way of tanh, which no number overflows.
    chances: Floats = 0.5 + 0.5 * np.tanh(0.5 * logits)
    return chances


def _read_card(folder: Path) -> dict[str, Any]:
    path = folder / "card.json"
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path} is missing: a model is a folder with {', '.join(FILES)} and card.json.") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be read as JSON ({error}): install the package again.") from error
    known = card.keys() if isinstance(card, dict) else set()
    missing = {"fingerprint", "version", "span_labels", *_CORE} - known
    if missing:
        raise ModelError(f"{path} lacks {', '.join(sorted(missing))}: it is not a card of this version.")
    if card["fingerprint"] != fingerprint(card):
        raise ModelError(f"{path} has been changed since its fingerprint was taken: install the package again.")
    return card


def _read_verified(folder: Path, name: str, card: dict[str, Any]) -> bytes:
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} can't be read ({error.strerror}): install the package again.") from error
    if hashlib.sha256(content).hexdigest() != card["files"].get(name):
        raise ModelError(f"{path} is not the file that its card names: install the package again.")
    return content
