"""The review page: one file that tells what a script is, what was changed, and what came of it."""

from codegen_fi.render.review.by_hand import as_written
from codegen_fi.render.review.page import NAME, ByHand, review_page
from codegen_fi.render.review.results import read_results_view

__all__ = ["NAME", "ByHand", "as_written", "read_results_view", "review_page"]
