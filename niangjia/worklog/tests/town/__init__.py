"""A small town that counts in every way in which unions count: the books are proved on it, apart from the real house.

It has a hierarchy of its own, so it is tested by its own settings and in its own run:
`python -m pytest -c niangjia/worklog/tests/town/pytest.ini`.
"""
