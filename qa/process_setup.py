"""How a process is set up to answer: a question keeps to one core, and what is read once is not looked over again."""

import gc


def set_up_process() -> None:
    """Call once all that answering needs is read; calling again costs a full collection (some 0.1 s).

    The arrays of a question are too small to share: threads of BLAS that wait for one another on a busy machine
    make it slower (measured: 99th percentile 101 ms instead of 40 with one other process on two cores). The garbage
    collector would look through everything that was read, time and again, in the middle of a question.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
    if gc.get_freeze_count():  # A bundle that was replaced must not be kept for ever.
        gc.unfreeze()
        gc.collect()
    gc.freeze()
