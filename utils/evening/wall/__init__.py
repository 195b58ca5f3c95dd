"""The wall of the hall: its page, its list of scenes, the scenes and the remote."""
