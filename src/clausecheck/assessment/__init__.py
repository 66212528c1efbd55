"""Assessment: the hits of a dossier weighed into one finding for each requirement, with its evidence."""
