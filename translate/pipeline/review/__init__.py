"""What a reviewer does with a work, whichever face she uses: queues of passages, one passage with all that is known of it, decisions, search, wishes."""
