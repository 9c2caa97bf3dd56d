"""Reviews in official Chinese whose figures are counted, never typed: the compiler. It knows no app and no database."""
