"""Probabilities from which the second voice is believed (see docs/qualite.md)."""

BELIEVED = 0.5
"""From where it alone meets a criterion…"""
BESIDE = 0.3
"""…beside another criterion that is established, in the same article."""
AUDIBLE = -0.35
"""Least score of the passage itself: what its neighbours say of the other criteria is no proof of this one."""
DOUBTED = 0.3
"""From where a weakening that it alone sees keeps a finding from being «conforme»."""
CONFIRMED = 0.15
"""The same where words of reserve in the sentence confirm it."""
DOUBTED_FRAMED = 0.6
"""The same where frames found every required criterion: on wording they know, the weakening frames have had their say."""
CERTAIN = 1.0
"""Out of the articles that carry the criteria found by frames, no doubt is enough."""
