"""The years since the review: the city lives on, to the day of the load. Made after all that the review counts, by dice of its own, and only added."""
