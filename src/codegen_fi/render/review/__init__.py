"""The review page: one file that tells what a script is, what was changed, and what came of it."""

from codegen_fi.render.review.page import NAME, review_page
from codegen_fi.render.review.results import read_results_view

__all__ = ["NAME", "read_results_view", "review_page"]
