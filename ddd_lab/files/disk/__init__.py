"""The files of a project on disk: storage, listing, watching, the journal of saves, Git."""
