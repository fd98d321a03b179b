"""The part of sklearn-pandas that generated featurizers use; the original no longer imports."""
