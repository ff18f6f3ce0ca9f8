"""A model small enough to be understood: one row of numbers for each word, and no more.

Its labels are the highest of its words', its vector the mean of theirs. Any fault can be put into it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordLevel

from belowline.guidelines.load import LABELS
from belowline.judge.encoder import FILES, fingerprint
from belowline.judge.relevance import FEATURES

SPAN_LABELS = ("insult", "profanity", "identity_attack", "threat", "other")
WINDOW = 16
INNOCENT, SURE = -8.0, 6.0

# What each word says, by label. "glitch" gives numbers that are none.
OFFENCES = {"idiot": "insult", "moron": "insult", "murder": "threat", "sale": "promotion"}
MARKS = {"idiot": "insult", "moron": "insult", "murder": "threat"}
# What each word is about, by dimension of the vector; all others are about nothing in particular.
SUBJECTS = {
    **dict.fromkeys(("ferry", "island", "boat", "harbour", "winter", "school"), 0),
    **dict.fromkeys(("football", "goal", "league", "striker"), 1),
    **dict.fromkeys(("tax", "budget", "minister", "vote"), 2),
}
DIMENSIONS = 4
PLAIN = """
the a an and or of to is was it in on for not no this that they we you he she i have has had be are from with by at as
council will run stop said week people live they're who well shame them said out over all one two three new old very
so what why when how can do does did should would could may might day night time home work money word words again lol
"""
VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "glitch", *dict.fromkeys([*OFFENCES, *SUBJECTS, *PLAIN.split()])]


def write_tiny_model(folder: Path, **changes: Any) -> Path:
    """Write a model's four files; `changes` go into its card before the fingerprint is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    write_network(folder)
    write_tokenizer(folder)
    write_background(folder)
    write_card(folder, **changes)
    return folder


def write_network(folder: Path, *, labels: int = len(LABELS)) -> None:
    """Write the network: three tables, looked up by word."""
    offences = np.full((len(VOCABULARY), len(LABELS)), INNOCENT, np.float32)
    marks = np.full((len(VOCABULARY), len(SPAN_LABELS)), INNOCENT, np.float32)
    subjects = np.zeros((len(VOCABULARY), DIMENSIONS), np.float32)
    subjects[:, DIMENSIONS - 1] = 0.1
    for word, label in OFFENCES.items():
        offences[VOCABULARY.index(word), LABELS.index(label)] = SURE
    for word, mark in MARKS.items():
        marks[VOCABULARY.index(word), SPAN_LABELS.index(mark)] = SURE
    for word, dimension in SUBJECTS.items():
        subjects[VOCABULARY.index(word), dimension] = 1.0
    offences[VOCABULARY.index("glitch")] = np.inf
    tables = {"offences": offences[:, :labels], "marks": marks, "subjects": subjects}
    nodes = [
        helper.make_node("Gather", ["offences", "ids"], ["each"], axis=0),
        helper.make_node("ReduceMax", ["each"], ["labels"], axes=[1], keepdims=0),
        helper.make_node("Gather", ["marks", "ids"], ["words"], axis=0),
        helper.make_node("Gather", ["subjects", "ids"], ["places"], axis=0),
        helper.make_node("ReduceMean", ["places"], ["middle"], axes=[1], keepdims=0),
        helper.make_node("LpNormalization", ["middle"], ["vector"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"])],
        [
            helper.make_tensor_value_info("labels", TensorProto.FLOAT, [1, labels]),
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "length", len(SPAN_LABELS)]),
            helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, DIMENSIONS]),
        ],
        [numpy_helper.from_array(table, name) for name, table in tables.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    (folder / "model.onnx").write_bytes(model.SerializeToString())


def write_tokenizer(folder: Path) -> None:
    """Write a tokenizer of whole words, lower-cased."""
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")


def write_background(folder: Path, *, vocabulary: int = len(VOCABULARY)) -> None:
    """Write words that are about something as rare ones, and the subjects as background."""
    rarity = np.array([4.0 if word in SUBJECTS else 0.2 for word in VOCABULARY][:vocabulary], np.float16)
    vectors: NDArray[np.float16] = np.eye(DIMENSIONS, dtype=np.float16)
    np.savez(folder / "background.npz", rarity=rarity, vectors=vectors)


def write_card(folder: Path, **changes: Any) -> None:
    """Write the card of the files that lie in the folder."""
    rises = {"logit": [-8.0, -2.0, 2.0, 8.0], "probability": [0.0, 0.1, 0.9, 1.0]}
    card: dict[str, Any] = {
        "name": "tiny",
        "version": "0",
        "languages": ["en"],
        "labels": list(LABELS),
        "span_labels": list(SPAN_LABELS),
        "window": WINDOW,
        "calibration": dict.fromkeys(LABELS, rises),
        "relevance": {
            "features": list(FEATURES),
            "mean": [0.0] * len(FEATURES),
            "scale": [1.0] * len(FEATURES),
            "layers": [
                [[[4.0 * (name in ("nearest", "parent"))] for name in (*FEATURES, "answers")], [-2.0]],
                [[[-6.0]], [0.0]],
            ],
            "calibration": rises,
        },
        "span_threshold": 0.5,
        **changes,
    }
    card["files"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    card["fingerprint"] = fingerprint(card)
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
