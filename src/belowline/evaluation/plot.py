"""An evaluation as a picture; needs the extra `belowline[plots]`."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from belowline.errors import InputError, OutputError
from belowline.evaluation.run import Evaluation

_PRECISION, _RECALL, _REST = "#2f6f9f", "#e0a030", "#8a8a8a"


def load_matplotlib() -> ModuleType:
    """Give matplotlib's figure module. Raises InputError `extra_missing`, saying what to install."""
    try:
        from matplotlib import figure  # noqa: PLC0415 - an extra, absent from most installations
    except ImportError:
        raise InputError("Drawing needs matplotlib: pip install 'belowline[plots]'.", code="extra_missing") from None
    return figure


def draw(evaluation: Evaluation, path: Path) -> None:
    """Draw precision and recall with their intervals, and how far scores can be taken at their word.

    The format follows the path's ending. Raises InputError `extra_missing`, OutputError `output_unwritable`.
    """
    names = list(evaluation.guidelines)
    figure = load_matplotlib().Figure(figsize=(12, 1.8 + max(3.2, 0.42 * len(names))), layout="constrained")
    bars, curves = figure.subplots(1, 2, width_ratios=(1.1, 1))
    for offset, field, colour in ((-0.2, "precision", _PRECISION), (0.2, "recall", _RECALL)):
        shares = [getattr(evaluation.guidelines[name], field) for name in names]
        known = [(at + offset, s) for at, s in enumerate(shares) if s.share is not None]
        bars.barh(
            [at for at, _ in known],
            [s.share for _, s in known],
            xerr=[[max(0.0, s.share - s.low) for _, s in known], [max(0.0, s.high - s.share) for _, s in known]],
            height=0.38,
            color=colour,
            ecolor=_REST,
            label=f"{field}, with its 95 % interval",
        )
    bars.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
    bars.invert_yaxis()
    bars.set_xlim(0, 1)
    bars.set_title("Where the machine rejects", loc="left", pad=12)
    bars.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), ncols=2, frameon=False, fontsize=8)
    curves.plot([0, 1], [0, 1], color=_REST, linewidth=0.8, linestyle="--")
    for name in (name for name in names if evaluation.guidelines[name].broke):
        bins = evaluation.guidelines[name].bins
        curves.plot(
            [b.mean_score for b in bins],
            [b.broke for b in bins],
            marker="o",
            markersize=3,
            label=name.replace("_", " "),
        )
    curves.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel="mean score", ylabel="share that broke the rule")
    curves.set_title("What a score is worth", loc="left", pad=12)
    curves.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8)
    for axes in (bars, curves):
        axes.spines[["top", "right"]].set_visible(False)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise OutputError(f"{path} can't be written: {str(error).splitlines()[0]}.") from None
