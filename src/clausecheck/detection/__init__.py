"""Detection: where the frames of a requirement stand in the units of a dossier, and with what force."""
