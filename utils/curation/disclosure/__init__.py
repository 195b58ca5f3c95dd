"""What may not be disclosed, and the scans that look for it in whatever leaves the publisher."""
