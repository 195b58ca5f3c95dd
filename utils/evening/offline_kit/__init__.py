"""The whole evening as one archive for a laptop without internet, and its guide."""
