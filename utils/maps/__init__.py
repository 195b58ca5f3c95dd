"""Pure maps: analysis results in, layers out; the engine that draws them stands behind one function."""
