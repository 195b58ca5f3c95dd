"""What may not go public: small counts, and the cells that earlier releases disclosed or suppressed."""
