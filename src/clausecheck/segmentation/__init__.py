"""Segmentation: documents cut into articles and units, each with its force."""
