"""What `cop check` says of each case of tests/problems/, written beside it, to be read before it is committed.

`python -m tests.tools.problem_answers`, part of `make refaire`; a test holds the answers against the cases.
"""

from tests.support.problem_cases import FILES, TREES, answer, answer_file

if __name__ == "__main__":
    for case in [*FILES, *TREES]:
        answer_file(case).write_text(answer(case), "utf-8")
