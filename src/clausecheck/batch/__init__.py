"""A whole consultation: dossiers found, read, judged and indexed; nothing lost, every candidate treated alike."""
