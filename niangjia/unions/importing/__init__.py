"""Organisation sheets as people really keep them, read into the tree: columns, words, ground, rows, and back again."""
