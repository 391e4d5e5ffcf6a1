import pytest

from corroborate.link.rules import linking_rules

COMPARISONS = linking_rules().model["comparisons"]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison["output_column_name"])
def test_the_probabilities_of_a_comparison_sum_to_one(comparison: dict[str, object]) -> None:
    if comparison["output_column_name"] == "position":
        pytest.skip("its pairs are those of one document, a part of all pairs")
    levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]  # type: ignore[attr-defined]
    for side in ("m_probability", "u_probability"):
        assert sum(level[side] for level in levels) == pytest.approx(1.0, abs=0.001)
