"""Time against the number of articles, as SVG: no fonts of its own, a white ground under it, the same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Mapping

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.contestants import LABELS
from bench.table import STEPS, number

SHOWN = ("cold", "body")
# Colours that the colour-blind tell apart (Okabe and Ito), and marks for those who see none.
LOOKS = {
    "ours": ("#d55e00", "o", 2.4),
    "ours-no-search": ("#e69f00", "s", 1.6),
    "ours-as-hugo": ("#cc79a7", "P", 1.6),
    "pelican": ("#0072b2", "^", 1.2),
    "pelican-cached": ("#56b4e9", "v", 1.2),
    "hugo": ("#009e73", "D", 1.6),
}
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "bantin", "font.family": "sans-serif", "font.size": 10}
Growth = Mapping[int, Mapping[str, Mapping[str, float]]]  # articles → step → contestant → seconds


def plot(growth: Growth) -> bytes:
    """One field for first builds, one for an edited body; both scales logarithmic, so that what grows linearly is straight."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 4.2), layout="constrained")
        fields = figure.subplots(1, len(SHOWN), sharey=True)
        for field, step in zip(fields, SHOWN, strict=True):
            _lines(field, growth, step)
        fields[0].set_ylabel("giây")
        fields[0].legend(frameon=False, fontsize=9)
        written = io.BytesIO()
        figure.savefig(written, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _lines(field: Axes, growth: Growth, step: str) -> None:
    sizes = sorted(growth)
    for key, (colour, mark, width) in LOOKS.items():
        reached = [size for size in sizes if key in growth[size][step]]
        field.plot(
            reached,
            [growth[size][step][key] for size in reached],
            color=colour,
            marker=mark,
            linewidth=width,
            markersize=5,
            label=LABELS[key],
        )
    field.set(xscale="log", yscale="log", title=STEPS[step], xlabel="số bài")
    field.set_xticks(sizes, [f"{size:,}".replace(",", ".") for size in sizes])
    field.minorticks_off()
    field.yaxis.set_major_formatter(lambda value, _: number(value) if value < 1 else f"{value:.0f}")
    field.grid(True, color="#dddddd", linewidth=0.6)
    field.spines[["top", "right"]].set_visible(False)
